import type { Config } from "../config/schema.ts";

/** How one setting can be given, from the strongest: a flag, a variable of the environment, a key of a file. */
export interface Definition {
  /** Its key in the files. */
  path: readonly string[];
  flag?: string;
  variable?: string;
  /** Whether its flag and variable hold a number. */
  numeric?: boolean;
}

/** All settings by name. */
export const definitions = {
  image: { path: ["image"], flag: "--image", variable: "LIMA_CLI_IMAGE" },
  template: { path: ["template"], flag: "--template", variable: "LIMA_CLI_TEMPLATE" },
  cpus: { path: ["cpus"], flag: "--cpus", variable: "LIMA_CLI_CPUS", numeric: true },
  memory: { path: ["memory"], flag: "--memory", variable: "LIMA_CLI_MEMORY" },
  disk: { path: ["disk"], flag: "--disk", variable: "LIMA_CLI_DISK" },
  mounts: { path: ["mounts"] },
  ports: { path: ["ports"] },
  provision: { path: ["provision"] },
  checks: { path: ["checks"] },
  ttl: { path: ["lifetime", "ttl"], flag: "--ttl", variable: "LIMA_CLI_TTL" },
  startTimeout: {
    path: ["lifetime", "startTimeout"],
    flag: "--timeout",
    variable: "LIMA_CLI_START_TIMEOUT",
  },
} as const satisfies Record<string, Definition>;

export type SettingName = keyof typeof definitions;

type Lifetime = NonNullable<Config["lifetime"]>;

/** What each setting holds. */
export interface SettingValues extends Omit<
  { [Key in keyof Config]-?: NonNullable<Config[Key]> },
  "lifetime"
> {
  ttl: NonNullable<Lifetime["ttl"]>;
  startTimeout: NonNullable<Lifetime["startTimeout"]>;
}

/** The flags of a command line that are settings, as they were written. */
export type SettingFlags = { [Name in SettingName]?: string | undefined };
