import { createProgram } from "./program.ts";
import { parse } from "@sysinit-internal/terminal/commander";

await parse(createProgram(), process.argv.slice(2));
