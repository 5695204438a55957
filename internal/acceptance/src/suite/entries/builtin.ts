import * as z from "zod";

import { checks } from "../../checks/index.ts";
import { common } from "./common.ts";

/** Ids of the rows that any image can be judged by. */
export const builtinIds = checks.filter(({ stage }) => stage !== "project").map(({ id }) => id);

const { needs, group, timeoutSeconds } = common;

/** One of our own acceptance rows. */
export const builtin = z.strictObject({
  builtin: z.enum(builtinIds as [string, ...string[]]).describe("One of the built-in checks."),
  needs,
  group,
  timeoutSeconds,
});
