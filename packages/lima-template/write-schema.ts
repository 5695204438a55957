import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { templateJsonSchema } from "./src/schema/json-schema.ts";

const file = new URL("schema.json", import.meta.url);
writeFileSync(file, await format(JSON.stringify(templateJsonSchema()), { parser: "json", printWidth: 110 }));
