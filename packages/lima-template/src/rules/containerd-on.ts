import type { TemplateValue } from "../schema/template-schema.ts";
import type { Rule } from "./rule.ts";

/** The guests that `containerd.user` is on by default for. */
const architectures = [undefined, "", "default", "x86_64", "aarch64"];

/** Whether rootless containerd is on, said or by default. */
export function usesContainerd({ containerd, plain, os, arch }: TemplateValue): boolean {
  if (plain === true) return false;
  const linux = os === undefined || os === "Linux" || os === "default" || os === "";
  return containerd?.user ?? (linux && architectures.includes(arch));
}

export const containerdOn: Rule = {
  code: "CONTAINERD_ON",
  severity: "warning",
  *check(template, { partial }) {
    if (partial || !usesContainerd(template)) return;
    yield {
      path: ["containerd", "user"],
      message: `containerd is on${template.containerd?.user === undefined ? " by default" : ""}: Lima downloads 250 MB and waits for it in the guest`,
      hint: "add `containerd: {system: false, user: false}` unless the guest is to run containers with nerdctl",
    };
  },
};
