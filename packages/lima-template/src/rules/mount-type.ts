import type { TemplateValue } from "../schema/template-schema.ts";
import type { Rule } from "./rule.ts";

type VmType = NonNullable<TemplateValue["vmType"]>;
type MountType = NonNullable<TemplateValue["mountType"]>;

/** What each driver can mount with, on any host. */
const supported: Record<VmType, readonly MountType[]> = {
  vz: ["virtiofs", "reverse-sshfs"],
  qemu: ["9p", "virtiofs", "reverse-sshfs"],
  krunkit: ["virtiofs", "reverse-sshfs"],
  wsl2: ["wsl2"],
};

/** `limactl validate` does not ask the driver, so this shows only when an instance is created. */
export const mountTypeUnsupported: Rule = {
  code: "MOUNT_TYPE_UNSUPPORTED",
  severity: "error",
  *check({ vmType, mountType }) {
    if (vmType === undefined || mountType === undefined || supported[vmType].includes(mountType)) return;
    yield {
      path: ["mountType"],
      message: `${vmType} cannot mount with ${mountType}`,
      hint: `leave \`mountType\` out, or use ${supported[vmType].join(" or ")}`,
    };
  },
};

export const mountTypeExcluded: Rule = {
  code: "MOUNT_TYPE_EXCLUDED",
  severity: "error",
  *check({ mountType, mountTypesUnsupported }) {
    if (mountType === undefined || !mountTypesUnsupported?.includes(mountType)) return;
    yield { path: ["mountType"], message: `${mountType} is listed in \`mountTypesUnsupported\`` };
  },
};
