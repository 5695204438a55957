import { writeFileSync } from "node:fs";

import { suiteJsonSchema } from "@sysinit-internal/acceptance/suite";
import { format } from "prettier";

const file = new URL("suite.schema.json", import.meta.url);
writeFileSync(file, await format(JSON.stringify(suiteJsonSchema()), { parser: "json", printWidth: 110 }));
