import { z } from "zod";

/** What nix.conf says of who builds what. */
export interface BuilderConfiguration {
  /** What this machine builds by itself, as "aarch64-darwin". */
  system: string;
  /** What it is said to be able to run besides. */
  extraPlatforms: string[];
  systemFeatures: string[];
  /** Builds at once on this machine; "auto" is as many as it has cores. */
  maxJobs: number | "auto";
  /** As it stands there: machines, or files with machines in them. */
  builders: string;
  externalBuilders: { systems: string[]; program: string }[];
}

const setting = <Value extends z.ZodType>(value: Value) => z.looseObject({ value });
const schema = z.looseObject({
  system: setting(z.string()),
  "extra-platforms": setting(z.array(z.string())).optional(),
  "system-features": setting(z.array(z.string())).optional(),
  "max-jobs": setting(z.union([z.number(), z.literal("auto")])).optional(),
  builders: setting(z.string()).optional(),
  // An experimental feature; the native Linux builder of Determinate Nix is one of these.
  "external-builders": setting(
    z.array(z.looseObject({ systems: z.array(z.string()), program: z.string() })),
  ).optional(),
});

/** Reads the stdout of `nix config show --json`; undefined when it is something else. */
export function parseConfiguration(stdout: string): BuilderConfiguration | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  return {
    system: data.system.value,
    extraPlatforms: data["extra-platforms"]?.value ?? [],
    systemFeatures: data["system-features"]?.value ?? [],
    maxJobs: data["max-jobs"]?.value ?? 1,
    builders: data.builders?.value ?? "",
    externalBuilders: (data["external-builders"]?.value ?? []).map(({ systems, program }) => ({
      systems,
      program,
    })),
  };
}
