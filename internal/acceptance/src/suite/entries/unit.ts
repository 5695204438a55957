import * as z from "zod";

import { common } from "./common.ts";

/** A systemd unit that must be active. */
export const unit = z.strictObject({
  unit: z
    .string()
    .regex(/^[A-Za-z0-9:_.\\@-]+$/, "must be the name of a unit")
    .describe("A systemd unit that must be active, or become so in time."),
  ...common,
});
