import * as z from "zod";
import { text } from "./scalars.ts";

/** Where a base template or a script is: a path or URL, or the same with a digest (which Lima does not implement yet). */
export const locator = z.union([
  text,
  z.strictObject({
    url: text.describe("Path or URL."),
    digest: text.optional().describe("Not implemented by Lima, which refuses it."),
  }),
]);

/** Lima reads a single locator only as text; the form with a digest has to stand in a list. */
export const base = z.union([text, z.array(locator)]);
