import { Command } from "commander";

import packageJson from "../package.json" with { type: "json" };
import { defineBuilding } from "./program/building.ts";
import { defineGuests } from "./program/guests.ts";
import { defineHabits } from "./program/habits.ts";
import { defineImages } from "./program/images.ts";
import { defineMachines } from "./program/machines.ts";
import { defineProjects } from "./program/projects.ts";
import { defineTemplates } from "./program/templates.ts";

/** The command line. Metadata only: what a command does is imported when it runs, so that the others start fast. */
export function createProgram(): Command {
  const program = new Command("lima-cli")
    .description("Disposable NixOS machines on Lima, built from a Nix flake.")
    .version(packageJson.version, "-V, --version")
    .showSuggestionAfterError()
    // By default a description that has less than 40 columns is not wrapped at all.
    .configureHelp({ sortSubcommands: false, minWidthToWrap: 20 })
    .exitOverride()
    .addHelpText(
      "after",
      `
Examples:
  lima-cli doctor                      is everything there?
  lima-cli init                        make this folder a project with a VM of its own
  lima-cli up                          build, install, start; again: only what is missing
  lima-cli shell                       a shell in it, in the same folder
  lima-cli exec -- uname -a
  lima-cli delete                      gone

Exit status: 0 done, 1 failed, 2 wrong usage or configuration, 3 something is
missing on this machine, 124 timed out, 128+n ended by signal n; exec, run and
shell pass the guest's own, 125 when it was not the guest's.`,
    );
  defineProjects(program);
  defineMachines(program);
  defineGuests(program);
  defineBuilding(program);
  defineImages(program);
  defineTemplates(program);
  defineHabits(program);
  return program;
}
