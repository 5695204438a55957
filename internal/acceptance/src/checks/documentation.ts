import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { fail, pass, type Judgement } from "../check.ts";
import { hostCommand } from "../host-command.ts";
import { projectCheck } from "../project-check.ts";

export const docsBuild = projectCheck(
  { id: "docs.build", section: "Documentation", title: "`lima/README.md` contains build instructions" },
  (directory) => guideShows(directory, "hack/build-lima-image"),
);

export const docsUsage = projectCheck(
  { id: "docs.usage", section: "Documentation", title: "`lima/README.md` contains usage examples" },
  (directory) => guideShows(directory, "limactl start"),
);

export const docsScriptHelp = projectCheck(
  { id: "docs.script-help", section: "Documentation", title: "Build script has help text" },
  async (directory, context) => {
    const help = await hostCommand(["./hack/build-lima-image", "--help"], context, directory);
    const first = help.stdout.trim().split("\n")[0] ?? "";
    return help.exitCode === 0 && first !== "" ? pass(first) : fail(`--help ends with ${help.exitCode}`);
  },
);

/** Whether the guide has a code block with the command. */
async function guideShows(directory: string, command: string): Promise<Judgement> {
  const guide = await readFile(join(directory, "lima/README.md"), "utf8");
  const blocks = [...guide.matchAll(/^( *)```[^\n]*\n([\s\S]*?)^\1```/gm)].map((match) => match[2]!);
  const lines = [
    ...blocks.join("\n").split("\n"),
    ...guide.split("\n").filter((line) => line.startsWith("    ")),
  ];
  const line = lines.find((text) => text.includes(command));
  return line === undefined ? fail(`no example of \`${command}\``) : pass(line.trim());
}
