import { defineConfig, type Options } from "tsup";

import { appConfig } from "../../tsup.app.ts";

/** The commands as data, so that completion need not load their definitions. */
async function commandTable(): Promise<string> {
  const [{ createProgram }, table] = (await Promise.all([
    // By path, so that the compiler of this file need not know them.
    import(new URL("src/program.ts", import.meta.url).href),
    import(new URL("src/program/command-table.ts", import.meta.url).href),
  ])) as [typeof import("./src/program.ts"), typeof import("./src/program/command-table.ts")];
  // A text within the text: an object would be made when anything of the app is loaded.
  return JSON.stringify(JSON.stringify(table.commandTable(createProgram())));
}

/** What is started: one small file, which loads the program when it is needed. */
const start = "start.cjs";

export default defineConfig(async () => [
  { ...((await appConfig()) as Options), clean: [`!${start}`] },
  {
    entry: ["src/start.ts"],
    format: "cjs",
    target: "node22",
    platform: "node",
    // Not the program itself, which is loaded when it is needed, nor what only its sources load.
    external: ["./main.js", "./main.ts", "../program.ts", "../program/command-table.ts"],
    noExternal: [/^[^.]/],
    banner: { js: "#!/usr/bin/env node" },
    define: { COMMAND_TABLE: await commandTable(), MAIN_MODULE: JSON.stringify("./main.js") },
    esbuildOptions(options) {
      options.conditions = ["@sysinit/source"];
      // What is only for the sources is left out.
      options.minifySyntax = true;
    },
  },
]);
