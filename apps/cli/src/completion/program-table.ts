import type { TableCommand } from "../program/command-table.ts";

/** The table of the program as JSON, put in here when the app is bundled, so that completion need not load its definition. */
declare const COMMAND_TABLE: string | undefined;

export async function programTable(): Promise<TableCommand> {
  if (typeof COMMAND_TABLE === "string") return JSON.parse(COMMAND_TABLE) as TableCommand;
  const [{ createProgram }, { commandTable }] = await Promise.all([
    import("../program.ts"),
    import("../program/command-table.ts"),
  ]);
  return commandTable(createProgram());
}
