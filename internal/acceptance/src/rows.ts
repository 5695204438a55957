import { actions } from "./actions.ts";
import type { CheckSource } from "./check.ts";
import { checks } from "./checks/index.ts";

/** An acceptance row, whether a check or an action judges it. */
export interface Row {
  id: string;
  section: string;
  title: string;
  /** Where it is written down, for annotations. */
  source?: CheckSource;
}

const order = [
  "files.base-module",
  "files.template",
  "files.build-script",
  "files.guide",
  "flake.configuration",
  "flake.image",
  "flake.check",
  "flake.validate",
  "image.build",
  "image.install",
  "image.file",
  "image.latest-link",
  "image.size",
  "vm.start",
  "vm.boot-time",
  "vm.shell",
  "vm.uname",
  "vm.tools",
  "vm.nix",
  "vm.whoami",
  "vm.sudo",
  "vm.ssh-keys",
  "vm.projects",
  "vm.stop",
  "vm.delete",
  "docs.build",
  "docs.usage",
  "docs.script-help",
];

/** All rows in the order of the product requirements. */
export const rows: readonly Row[] = order.map((id) => {
  const row = [...checks, ...actions].find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`no check or action for the row ${id}`);
  return { id: row.id, section: row.section, title: row.title };
});
