import type { FailureCause } from "../failure.ts";
import { describeBuild } from "../builder-failure.ts";
import { oneLine } from "../text.ts";

interface Need {
  drvPath: string | undefined;
  system?: string | undefined;
  currentSystem?: string | undefined;
  features: string[];
  available: string[];
}

/** No machine at hand has the system or the features that a derivation asks for. */
export const noBuilder: FailureCause = ({ raw }, evidence) => {
  const need = upTo229(raw) ?? from230(raw);
  if (need === undefined) {
    if (
      !/Unable to start any build|local builds are disabled|Failed to find a machine for remote build/.test(
        raw,
      )
    )
      return undefined;
    return {
      code: "NO_BUILDER",
      message: `nix could not build ${evidence.installable}: ${oneLine(raw)}`,
      hint: "allow local builds (max-jobs) or name a machine to build on (builders)",
    };
  }
  const missing = need.features.filter((feature) => !need.available.includes(feature));
  const isForeign =
    need.system !== undefined && need.currentSystem !== undefined && need.system !== need.currentSystem;
  const described =
    need.drvPath === undefined ? undefined : describeBuild({ drvPath: need.drvPath }, evidence);
  const wants = isForeign
    ? `${need.system}, and this machine is ${need.currentSystem}`
    : `a machine with ${missing.join(", ")}`;
  return {
    code: "NO_BUILDER",
    message: `${described?.subject ?? evidence.installable} cannot be built here: it needs ${wants}`,
    hint: hintFor(need, isForeign, missing),
    details: {
      ...described?.details,
      requiredSystem: need.system,
      currentSystem: need.currentSystem,
      requiredFeatures: need.features,
      availableFeatures: need.available,
    },
  };
};

function hintFor(need: Need, isForeign: boolean, missing: readonly string[]): string {
  if (isForeign && need.currentSystem!.endsWith("-darwin")) {
    return "set up a Linux builder for this Mac: https://nixos.org/manual/nixpkgs/stable/#sec-darwin-builder";
  }
  if (isForeign)
    return `build the attribute for ${need.currentSystem}, or name a machine to build on (builders)`;
  if (missing.includes("kvm")) {
    return "let nix's users open /dev/kvm, use an image that is built without a VM, or name a machine that has it (builders)";
  }
  return "add them to system-features in nix.conf if the machine has them, or name one that does (builders)";
}

function upTo229(raw: string): Need | undefined {
  const match =
    /a '([^']+)' with features \{([^}]*)\} is required to build '([^']+)', but I am a '([^']+)' with features \{([^}]*)\}/.exec(
      raw,
    );
  if (match === null) return undefined;
  const [, system, features, drvPath, currentSystem, available] = match;
  return { drvPath, system, currentSystem, features: listOf(features), available: listOf(available) };
}

function from230(raw: string): Need | undefined {
  if (
    !/Reason: (?:platform mismatch|missing system features|required system or feature not available)/.test(
      raw,
    )
  )
    return undefined;
  const required = /Required system: '([^']+)'(?: with features \{([^}]*)\})?/.exec(raw);
  const current = /Current system: '([^']+)'(?: with features \{([^}]*)\})?/.exec(raw);
  return {
    drvPath: /Cannot build '([^']+)'/.exec(raw)?.[1],
    system: required?.[1],
    currentSystem: current?.[1],
    features: listOf(required?.[2] ?? /Required features: \{([^}]*)\}/.exec(raw)?.[1]),
    available: listOf(current?.[2] ?? /Available features: \{([^}]*)\}/.exec(raw)?.[1]),
  };
}

function listOf(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
}
