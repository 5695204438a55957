import { createProgram } from "./program.ts";
import { parse } from "./parse.ts";

await parse(createProgram(), process.argv.slice(2));
