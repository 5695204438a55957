import type { TemplateValue } from "../schema/template-schema.ts";
import type {
  ImageDefinition,
  MountDefinition,
  NetworkDefinition,
  PortForwardDefinition,
  ProbeDefinition,
  ProvisionDefinition,
} from "./entries.ts";
import type { AbsolutePath, Size, Version } from "./texts.ts";

type User = NonNullable<TemplateValue["user"]>;
type HostResolver = NonNullable<TemplateValue["hostResolver"]>;

/** Keys that mean something only together with others. */
type Dependent = "vmType" | "mountType" | "tpm" | "os" | "arch" | "user" | "plain" | "dns" | "hostResolver";

/** Keys whose entries or texts have a narrower type here. */
type Narrowed =
  | "minimumLimaVersion"
  | "images"
  | "memory"
  | "disk"
  | "mounts"
  | "provision"
  | "probes"
  | "networks"
  | "portForwards";

interface Independent extends Omit<TemplateValue, Dependent | Narrowed | "cpuType" | "rosetta"> {
  minimumLimaVersion?: Version;
  images?: ImageDefinition[];
  memory?: Size;
  disk?: Size;
  mounts?: MountDefinition[];
  provision?: ProvisionDefinition[];
  probes?: ProbeDefinition[];
  networks?: NetworkDefinition[];
  portForwards?: PortForwardDefinition[];
}

type MacArchitecture = "x86_64" | "aarch64" | "default";
type Architecture = Exclude<TemplateValue["arch"], "" | undefined>;
type OperatingSystem = Exclude<TemplateValue["os"], "" | undefined>;

/** What each driver can do. Without `vmType` the host decides, so anything may be right. */
type Driver =
  | {
      vmType?: never;
      mountType?: NonNullable<TemplateValue["mountType"]>;
      tpm?: boolean;
      arch?: Architecture;
      os?: OperatingSystem;
    }
  | {
      vmType: "qemu";
      mountType?: "9p" | "virtiofs" | "reverse-sshfs";
      tpm?: boolean;
      arch?: Architecture;
      os?: OperatingSystem;
    }
  | {
      vmType: "vz";
      mountType?: "virtiofs" | "reverse-sshfs";
      tpm?: false;
      arch?: MacArchitecture;
      os?: Exclude<OperatingSystem, "Windows">;
    }
  | {
      vmType: "krunkit";
      mountType?: "virtiofs" | "reverse-sshfs";
      tpm?: false;
      arch?: MacArchitecture;
      os?: Exclude<OperatingSystem, "Windows">;
    }
  | { vmType: "wsl2"; mountType?: "wsl2"; tpm?: false; arch?: MacArchitecture; os?: "Linux" | "default" };

interface UserDefinition extends Omit<User, "name" | "home" | "shell" | "passwordlessSudo"> {
  name?: string;
  home?: AbsolutePath;
  shell?: AbsolutePath | `${string}.exe`;
}

/** Without sudo Lima can set nothing up in the guest. Those of macOS never have it. */
type Sudo =
  | { plain?: boolean; user?: UserDefinition & { passwordlessSudo?: true } }
  | { os: "Darwin"; plain?: boolean; user: UserDefinition & { passwordlessSudo: false } }
  | { plain: true; user: UserDefinition & { passwordlessSudo: false } };

/** Name servers of one's own exclude the host's resolver, which is on by default. */
type Names =
  | { dns?: never[]; hostResolver?: HostResolver }
  | { dns: string[]; hostResolver: HostResolver & { enabled: false } };

/**
 * A template as it is written in code. Combinations that Lima refuses do not compile; neither do deprecated keys. What
 * types cannot tell is checked when it runs.
 */
export type TemplateDefinition = Independent & Driver & Sudo & Names;

/**
 * New values for some top-level keys; undefined takes a key away. Whether they go with the others is checked when it
 * runs.
 */
export type TemplateChanges = {
  [Key in keyof Independent | Dependent]?: TemplateDefinition[Key] | undefined;
};
