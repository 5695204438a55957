import * as z from "zod";
import { locator } from "./locator.ts";
import { flag, text } from "./scalars.ts";

/** One entry of `provision`. Which keys go with which mode is a rule, not part of the shape. */
export const provision = z.strictObject({
  mode: z
    .enum(["system", "user", "boot", "dependency", "ansible", "data", "yq", ""])
    .optional()
    .describe(
      "system: script as root. user: script as the user. boot, dependency: scripts that run earlier. data: a file. yq: a change to a file. ansible: deprecated. Default: system.",
    ),
  skipDefaultDependencyResolution: flag
    .optional()
    .describe("mode dependency: leave out Lima's own installation of packages. Default: false."),
  script: text
    .optional()
    .describe("Runs on every boot. Go template fields such as `{{.User}}` are filled in."),
  file: locator.optional().describe("A file whose text becomes the script, content or expression."),
  playbook: text.optional().describe("mode ansible, deprecated: a playbook on the host."),
  content: text.optional().describe("mode data: text of the file; Go template fields are filled in."),
  overwrite: flag.optional().describe("mode data: write also where the file exists. Default: true."),
  owner: text.optional().describe("mode data and yq: as for chown. Default: root:root."),
  path: text.optional().describe("mode data and yq: absolute path in the guest."),
  permissions: text.optional().describe('mode data and yq: octal, as text. Default: "644".'),
  expression: text.optional().describe("mode yq: what to do to the file; Go template fields are filled in."),
  format: text.optional().describe("mode yq: format of the file. Default: auto."),
});
