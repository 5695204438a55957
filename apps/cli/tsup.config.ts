import { appConfigWith } from "../../tsup.app.ts";

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

export default async () => appConfigWith({ COMMAND_TABLE: await commandTable() });
