import type { Rule } from "./rule.ts";

/** The guests that `containerd.user` is on by default for. */
const architectures = [undefined, "", "default", "x86_64", "aarch64"];

export const containerdOn: Rule = {
  code: "CONTAINERD_ON",
  severity: "warning",
  *check({ containerd, plain, os, arch }, { partial }) {
    if (partial || plain === true || containerd?.user === false) return;
    if (containerd?.user === undefined && (os === "Darwin" || os === "FreeBSD" || os === "Windows")) return;
    if (containerd?.user === undefined && !architectures.includes(arch)) return;
    yield {
      path: ["containerd", "user"],
      message: `containerd is on${containerd?.user === undefined ? " by default" : ""}: Lima downloads 250 MB and waits for it in the guest`,
      hint: "add `containerd: {system: false, user: false}` unless the guest is to run containers with nerdctl",
    };
  },
};
