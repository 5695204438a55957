import type { Hit, Rule } from "./rule.ts";

const architectures = ["riscv64", "armv7l", "s390x", "ppc64le"];

/** What Lima 2.2 itself warns of when it creates an instance (pkg/limayaml/validate.go, warnExperimental). */
export const experimental: Rule = {
  code: "EXPERIMENTAL_FEATURE",
  severity: "warning",
  *check({ os, arch, video, audio, mountInotify, user, param }) {
    const hit = (path: string[], what: string): Hit => ({ path, message: `${what} is experimental in Lima` });
    if (os === "Windows") yield hit(["os"], "`Windows`");
    if (arch && architectures.includes(arch)) yield hit(["arch"], `\`${arch}\``);
    if (video?.display?.includes("vnc")) yield hit(["video", "display"], "VNC");
    if (audio?.device) yield hit(["audio", "device"], "sound");
    if (mountInotify === true) yield hit(["mountInotify"], "`mountInotify`");
    if (user?.passwordlessSudo !== false || os === "Darwin") return;
    yield hit(["user", "passwordlessSudo"], "a user without sudo");
    if (Object.keys(param ?? {}).length > 0) {
      yield {
        path: ["param"],
        at: "key",
        message: "is read with sudo in the guest, which the user may not use",
      };
    }
  },
};
