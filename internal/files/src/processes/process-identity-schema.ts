// Beside the rest: whoever only makes an identity need not wait for zod.
import { z } from "zod";

/** How a {@link ProcessIdentity} reads in a file. */
export const processIdentitySchema = z.object({
  pid: z.int().positive(),
  startTime: z.string(),
  bootId: z.string(),
  host: z.string(),
});
