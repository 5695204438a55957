/** A machine that builds for this one, as nix.conf's `builders` names it. */
export interface Machine {
  /** As "ssh-ng://builder@linux-builder". */
  url: string;
  systems: string[];
  maxJobs: number;
  features: string[];
  /** Only derivations that ask for all of these are built there. */
  mandatoryFeatures: string[];
}

/**
 * Reads the value of `builders`, or the file that it names: a line or a part between semicolons for each machine, with
 * `URL SYSTEMS KEY MAX-JOBS SPEED FEATURES MANDATORY-FEATURES HOST-KEY`; `-` or nothing stands for the default.
 * Source: "Distributed builds" in the Nix manual, src/libstore/machines.cc.
 */
export function parseMachines(text: string, thisSystem: string): Machine[] {
  return text.split(/[\n;]/).flatMap((part) => {
    const words = part.replace(/#.*/, "").trim().split(/\s+/);
    const [url = "", systems, , maxJobs, , features, mandatoryFeatures] = words.map((word) =>
      word === "-" ? "" : word,
    );
    if (url === "" || url.startsWith("@")) return [];
    return [
      {
        url: url.includes("://") ? url : `ssh://${url}`,
        systems: listOf(systems).length === 0 ? [thisSystem] : listOf(systems),
        maxJobs: /^\d+$/.test(maxJobs ?? "") ? Number(maxJobs) : 1,
        features: listOf(features),
        mandatoryFeatures: listOf(mandatoryFeatures),
      },
    ];
  });
}

/** The files that the value of `builders` names, as in `@/etc/nix/machines`. */
export function machineFiles(builders: string): string[] {
  return builders
    .split(/[\n;]/)
    .map((part) => part.trim())
    .flatMap((part) => (part.startsWith("@/") ? [part.slice(1)] : []));
}

function listOf(words: string | undefined): string[] {
  return (words ?? "").split(",").filter(Boolean);
}
