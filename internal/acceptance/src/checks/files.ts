import { access, constants, stat } from "node:fs/promises";
import { join } from "node:path";

import { fail, pass } from "../check.ts";
import { hostCommand, lastLine } from "../host-command.ts";
import { projectCheck } from "../project-check.ts";

export const filesBaseModule = projectCheck(
  {
    id: "files.base-module",
    section: "File Structure",
    title:
      "`modules/system/nixos/vm/lima-base.nix` exists and is valid Nix (here: nix/modules/lima-base.nix)",
  },
  async (directory, context) => {
    const file = "nix/modules/lima-base.nix";
    const parsed = await hostCommand(["nix-instantiate", "--parse", file], context, directory);
    return parsed.exitCode === 0 ? pass(`${file} parses`) : fail(`${file}: ${lastLine(parsed)}`);
  },
);

export const filesTemplate = projectCheck(
  {
    id: "files.template",
    section: "File Structure",
    title: "`lima/templates/minimal.yaml` exists with valid Lima config",
  },
  async (directory, context) => {
    const file = "lima/templates/minimal.yaml";
    const validated = await hostCommand(["limactl", "validate", file], context, directory);
    return validated.exitCode === 0 ? pass("limactl validate accepts it") : fail(lastLine(validated));
  },
);

export const filesBuildScript = projectCheck(
  {
    id: "files.build-script",
    section: "File Structure",
    title: "`hack/build-lima-image` exists and is executable",
  },
  async (directory) => {
    const file = join(directory, "hack/build-lima-image");
    const executable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    return executable ? pass("executable") : fail("hack/build-lima-image is missing or not executable");
  },
);

export const filesGuide = projectCheck(
  {
    id: "files.guide",
    section: "File Structure",
    title: "`lima/README.md` documents image building and usage",
  },
  async (directory) => {
    const { size } = await stat(join(directory, "lima/README.md"));
    return size > 0 ? pass(`lima/README.md, ${size} bytes`) : fail("lima/README.md is empty");
  },
);
