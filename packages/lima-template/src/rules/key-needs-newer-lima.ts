import type { Path } from "../findings/path.ts";
import type { TemplateValue } from "../schema/template-schema.ts";
import type { Rule } from "./rule.ts";
import { isOlder } from "./versions.ts";

/** Keys and values in use that came after 1.1, with the version that brought them. */
function* newer(template: TemplateValue): Iterable<{ path: Path; since: string; what: string }> {
  if (template.tpm !== undefined) yield { path: ["tpm"], since: "2.2.0", what: "`tpm`" };
  if (template.osOpts !== undefined) yield { path: ["osOpts"], since: "2.2.0", what: "`osOpts`" };
  if (template.user?.passwordlessSudo !== undefined) {
    yield { path: ["user", "passwordlessSudo"], since: "2.2.0", what: "`passwordlessSudo`" };
  }
  if (template.audio?.interface !== undefined) {
    yield { path: ["audio", "interface"], since: "2.2.0", what: "`audio.interface`" };
  }
  if (template.ssh?.overVsock !== undefined) {
    yield { path: ["ssh", "overVsock"], since: "2.1.0", what: "`ssh.overVsock`" };
  }
  if (template.vmType === "krunkit") yield { path: ["vmType"], since: "2.0.0", what: "`vmType: krunkit`" };
  if (template.os === "Darwin" || template.os === "FreeBSD") {
    yield { path: ["os"], since: "2.1.0", what: `\`os: ${template.os}\`` };
  }
  if (template.os === "Windows") yield { path: ["os"], since: "2.2.0", what: "`os: Windows`" };
  if (template.vmOpts?.vz !== undefined)
    yield { path: ["vmOpts", "vz"], since: "2.0.0", what: "`vmOpts.vz`" };
  if (template.vmOpts?.vz?.diskImageFormat !== undefined) {
    yield { path: ["vmOpts", "vz", "diskImageFormat"], since: "2.1.0", what: "`diskImageFormat`" };
  }
  if (template.vmOpts?.qemu?.cpuType !== undefined) {
    yield { path: ["vmOpts", "qemu", "cpuType"], since: "2.0.0", what: "`vmOpts.qemu.cpuType`" };
  }
  for (const [index, image] of (template.images ?? []).entries()) {
    if (image.variant !== undefined)
      yield { path: ["images", index, "variant"], since: "2.2.0", what: "`variant`" };
  }
  for (const [index, entry] of (template.provision ?? []).entries()) {
    if (entry.mode === "yq") yield { path: ["provision", index, "mode"], since: "2.0.0", what: "`mode: yq`" };
  }
  for (const [index, rule] of (template.portForwards ?? []).entries()) {
    if (rule.static !== undefined)
      yield { path: ["portForwards", index, "static"], since: "2.0.0", what: "`static`" };
  }
}

export const keyNeedsNewerLima: Rule = {
  code: "KEY_NEEDS_NEWER_LIMA",
  severity: "warning",
  *check(template, { limaVersion }) {
    const { minimumLimaVersion } = template;
    for (const { path, since, what } of newer(template)) {
      if (limaVersion !== undefined && isOlder(limaVersion, since)) {
        yield { path, severity: "error", message: `${what} came with Lima ${since}, this is ${limaVersion}` };
        continue;
      }
      if (minimumLimaVersion === undefined) continue;
      if (!isOlder(minimumLimaVersion, since)) continue;
      yield {
        path,
        message: `${what} came with Lima ${since}, but the template allows ${minimumLimaVersion}`,
        hint: `set \`minimumLimaVersion: ${since}\``,
      };
    }
  },
};
