import type { Check } from "../check.ts";
import { docsBuild, docsScriptHelp, docsUsage } from "./documentation.ts";
import { filesBaseModule, filesBuildScript, filesGuide, filesTemplate } from "./files.ts";
import { flakeCheck, flakeConfiguration, flakeImage, flakeValidate } from "./flake.ts";
import { imageFile, imageLatestLink, imageSize } from "./image.ts";
import { vmNix } from "./vm-nix.ts";
import { vmProjects } from "./vm-projects.ts";
import { vmShell } from "./vm-shell.ts";
import { vmSshKeys } from "./vm-ssh-keys.ts";
import { vmSudo } from "./vm-sudo.ts";
import { vmTools } from "./vm-tools.ts";
import { vmUname } from "./vm-uname.ts";
import { vmWhoami } from "./vm-whoami.ts";

/** Every check that looks at something finished; the rows that are judged by doing them are in ../actions.ts. */
export const checks: readonly Check[] = [
  filesBaseModule,
  filesTemplate,
  filesBuildScript,
  filesGuide,
  flakeConfiguration,
  flakeImage,
  flakeCheck,
  flakeValidate,
  imageFile,
  imageLatestLink,
  imageSize,
  vmShell,
  vmUname,
  vmTools,
  vmNix,
  vmWhoami,
  vmSudo,
  vmSshKeys,
  vmProjects,
  docsBuild,
  docsUsage,
  docsScriptHelp,
];
