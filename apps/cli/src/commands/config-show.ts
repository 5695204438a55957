import { findProject, formatOrigin, readSettings, type Setting } from "@sysinit-internal/project";
import { renderTable, terminalWidth } from "@sysinit-internal/terminal";
import { stringify } from "yaml";

import type { CommandContext } from "../command-context.ts";

export async function configShow(context: CommandContext, flags: { origin?: boolean }): Promise<void> {
  const { env, directory, output } = context;
  const project = findProject(directory);
  const settings = Object.entries(await readSettings({ env, project, directory })) as [
    string,
    Setting<unknown>,
  ][];
  if (settings.length === 0) output.say("nothing is set; every default holds");
  const rows = settings.map(([name, { value, origin }]) => ({
    name,
    value,
    origin,
    text: formatOrigin(origin),
  }));
  const table = renderTable<(typeof rows)[number]>(
    [
      { title: "SETTING", text: ({ name }) => name },
      ...(flags.origin ? [{ title: "ORIGIN", text: ({ text }: (typeof rows)[number]) => text }] : []),
      {
        title: "VALUE",
        text: ({ value }) => (typeof value === "object" ? JSON.stringify(value) : String(value)),
      },
    ],
    rows,
    terminalWidth(output.stdout),
  );
  const yaml = stringify(Object.fromEntries(rows.map(({ name, value }) => [name, value])), { lineWidth: 0 });
  const data = Object.fromEntries(rows.map(({ name, value, origin }) => [name, { value, origin }]));
  output.data(data, rows.length === 0 ? "" : flags.origin ? table : yaml.trimEnd());
}
