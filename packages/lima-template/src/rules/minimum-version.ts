import type { Rule } from "./rule.ts";
import { isOlder, parseVersion } from "./versions.ts";

export const minimumVersionMissing: Rule = {
  code: "MINIMUM_VERSION_MISSING",
  severity: "warning",
  *check(template, { partial }) {
    if (partial || template.minimumLimaVersion !== undefined) return;
    yield {
      path: ["minimumLimaVersion"],
      message: "no `minimumLimaVersion`",
      hint: "add the oldest Lima that you tried, such as `minimumLimaVersion: 1.1.0`",
    };
  },
};

export const minimumVersionShape: Rule = {
  code: "BAD_MINIMUM_VERSION",
  severity: "error",
  *check({ minimumLimaVersion, vmOpts }) {
    const versions = [
      { path: ["minimumLimaVersion"], version: minimumLimaVersion },
      { path: ["vmOpts", "qemu", "minimumVersion"], version: vmOpts?.qemu?.minimumVersion },
    ];
    for (const { path, version } of versions) {
      if (version === undefined || parseVersion(version) !== undefined) continue;
      yield {
        path,
        message: `\`${version}\` is not a version of three numbers`,
        hint: "write it like 1.1.0",
      };
    }
  },
};

export const limaTooOld: Rule = {
  code: "LIMA_TOO_OLD",
  severity: "error",
  *check({ minimumLimaVersion }, { limaVersion }) {
    if (minimumLimaVersion === undefined || limaVersion === undefined) return;
    if (!isOlder(limaVersion, minimumLimaVersion)) return;
    yield {
      path: ["minimumLimaVersion"],
      message: `needs Lima ${minimumLimaVersion}, this is ${limaVersion}`,
      hint: "upgrade Lima, or lower `minimumLimaVersion` if the template does not need it",
    };
  },
};
