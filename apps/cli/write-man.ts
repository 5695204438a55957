import { mkdirSync, writeFileSync } from "node:fs";

import packageJson from "./package.json" with { type: "json" };
import { manualPage } from "./src/man/manual-page.ts";
import { createProgram } from "./src/program.ts";
import { commandTable } from "./src/program/command-table.ts";

const folder = new URL("man/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("lima-cli.1", folder), manualPage(commandTable(createProgram()), packageJson.version));
