import { parse } from "@sysinit-internal/terminal/commander";

import { createProgram } from "./program.ts";

await parse(createProgram(), process.argv.slice(2));
