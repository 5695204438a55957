import * as z from "zod";

import { common } from "./common.ts";

/** A TCP port of the guest that something must listen on. */
export const port = z.strictObject({
  port: z
    .int()
    .min(1)
    .max(65_535)
    .describe("A TCP port of the guest that something listens on, or will in time."),
  ...common,
});
