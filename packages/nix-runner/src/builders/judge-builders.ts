import { basename } from "node:path";

import type { Builder } from "./builder.ts";
import type { BuilderConfiguration } from "./configuration.ts";
import type { Machine } from "./machines.ts";

/** What is known of this machine and of those that build for it. */
export interface BuilderFacts {
  configuration: BuilderConfiguration;
  machines: readonly (Machine & {
    /** Whether its ssh port answers; undefined when nobody asked. */ answers?: boolean;
  })[];
  /** Systems whose programs the kernel hands to an emulator, as "aarch64-linux". */
  emulated: readonly string[];
}

/** What is to be built. */
export interface BuildNeed {
  system: string;
  features: readonly string[];
}

/** Everyone whom nix knows to build, in the order in which it considers them: this machine, then the others. */
export function judgeBuilders(
  { configuration, machines, emulated }: BuilderFacts,
  need: BuildNeed,
): Builder[] {
  const { externalBuilders } = configuration;
  return [
    judgeThisMachine(configuration, emulated, need),
    ...externalBuilders.map(({ systems, program }) => {
      const kind = basename(program) === "determinate-nixd" ? "determinate" : "external";
      return judged(kind, program, [noJobs(configuration.maxJobs), wrongSystem(systems, need)]);
    }),
    ...machines.map((machine) => {
      const { url, systems, features, mandatoryFeatures, maxJobs, answers } = machine;
      return judged(isLinuxBuilder(url) ? "linux-builder" : "remote", url, [
        noJobs(maxJobs),
        wrongSystem(systems, need),
        missing([...features, ...mandatoryFeatures], need),
        reserved(mandatoryFeatures, need),
        answers === false ? "its ssh port does not answer" : undefined,
      ]);
    }),
  ];
}

function judgeThisMachine(
  { system, extraPlatforms, systemFeatures, maxJobs }: BuilderConfiguration,
  emulated: readonly string[],
  need: BuildNeed,
): Builder {
  const isSaidToRun = need.system === system || extraPlatforms.includes(need.system);
  const isNative = need.system === system || (isSaidToRun && runsNatively(system, need.system));
  const name = "this machine";
  const common = [noJobs(maxJobs), missing(systemFeatures, need)];
  if (isNative) return judged("local", name, common);
  if (!isSaidToRun) {
    const couldRun = emulated.includes(need.system)
      ? `it is ${system}; it has an emulator for ${need.system}, but extra-platforms does not name it`
      : `it is ${system}`;
    return judged("local", name, [couldRun]);
  }
  return judged("emulated", name, [
    kernelOf(system) === kernelOf(need.system)
      ? undefined
      : `extra-platforms names ${need.system}, whose programs ${system} cannot run`,
    emulated.includes(need.system)
      ? undefined
      : `the kernel has no emulator for ${need.system} (binfmt_misc)`,
    ...common,
  ]);
}

/** Processors run the programs of their smaller relatives, and Rosetta those of Intel Macs. */
function runsNatively(system: string, wanted: string): boolean {
  const relatives: Readonly<Record<string, RegExp>> = {
    "x86_64-linux": /^(?:i686|x86_64-v\d)-linux$/,
    "aarch64-linux": /^armv[67]l-linux$/,
    "aarch64-darwin": /^x86_64-darwin$/,
    "x86_64-darwin": /^i686-darwin$/,
  };
  return relatives[system]?.test(wanted) ?? false;
}

// nix-darwin's and nix-rosetta-builder's host names; the port of the one that nixpkgs starts by hand.
function isLinuxBuilder(url: string): boolean {
  return /@(?:linux-builder|rosetta-builder)\b|^[a-z-]+:\/\/(?:linux-builder|rosetta-builder)\b|localhost:31022\b/.test(
    url,
  );
}

function judged(kind: Builder["kind"], name: string, reasons: readonly (string | undefined)[]): Builder {
  const why = reasons.find((reason) => reason !== undefined);
  return why === undefined ? { kind, name, suits: true } : { kind, name, suits: false, why };
}

function noJobs(maxJobs: number | "auto"): string | undefined {
  return maxJobs === 0 ? "it may build nothing (max-jobs is 0)" : undefined;
}

function wrongSystem(systems: readonly string[], { system }: BuildNeed): string | undefined {
  return systems.includes(system) ? undefined : `it builds for ${systems.join(", ")}`;
}

function missing(features: readonly string[], need: BuildNeed): string | undefined {
  const lacking = need.features.filter((feature) => !features.includes(feature));
  return lacking.length === 0 ? undefined : `it lacks ${lacking.join(", ")} (system features)`;
}

function reserved(mandatory: readonly string[], { features }: BuildNeed): string | undefined {
  const others = mandatory.filter((feature) => !features.includes(feature));
  return others.length === 0 ? undefined : `it is kept for what needs ${others.join(", ")}`;
}

function kernelOf(system: string): string {
  return system.slice(system.indexOf("-") + 1);
}
