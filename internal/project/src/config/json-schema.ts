import * as z from "zod";

import { configSchema } from "./schema.ts";

/** Where editors find the schema of this package's published version. */
export const schemaAddress = "https://unpkg.com/@sysinit/lima-cli/lima-cli.schema.json";

/** The schema of a lima-cli.yaml for editors, made from the zod schema. */
export function configJsonSchema(): object {
  return {
    ...z.toJSONSchema(configSchema, { target: "draft-7" }),
    title: "lima-cli.yaml",
    $id: schemaAddress,
  };
}
