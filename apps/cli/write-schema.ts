import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { configJsonSchema } from "@sysinit-internal/project";

const file = new URL("lima-cli.schema.json", import.meta.url);
writeFileSync(file, await format(JSON.stringify(configJsonSchema()), { parser: "json", printWidth: 110 }));
