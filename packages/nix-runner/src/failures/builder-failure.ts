import { derivationName } from "../nix/derivation.ts";
import type { Complaint, Failure, FailureEvidence } from "./failure.ts";

/** How a builder ended. */
export interface BuilderFailure {
  drvPath: string;
  exitCode?: number;
  signal?: number;
}

// Up to 2.28, then from 2.29 on.
const patterns = [
  /builder for '([^']+\.drv)' failed (?:with exit code (\d+)|due to signal (\d+))/,
  /Cannot build '([^']+\.drv)'\.\s+Reason: builder failed (?:with exit code (\d+)|due to signal (\d+))/,
];

/** Reads "builder for 'DRV' failed with exit code N" and its later wording. */
export function parseBuilderFailure(raw: string): BuilderFailure | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(raw);
    if (match === null) continue;
    const [, drvPath, exitCode, signal] = match;
    return {
      drvPath: drvPath!,
      ...(exitCode === undefined ? {} : { exitCode: Number(exitCode) }),
      ...(signal === undefined ? {} : { signal: Number(signal) }),
    };
  }
  return undefined;
}

/** Whether a complaint only says that something it depends on failed. */
export function isDependencySummary(raw: string): boolean {
  return (
    /\d+ dependenc(?:y|ies) of derivation '[^']+' failed to build/.test(raw) ||
    /Reason: \d+ dependenc(?:y|ies) failed/.test(raw)
  );
}

/** "building downstream failed in its dependency base" or "building base failed", with what a program wants to know of it. */
export function describeBuild(
  { drvPath }: Pick<BuilderFailure, "drvPath">,
  evidence: FailureEvidence,
): { subject: string; details: Record<string, unknown> } {
  const name = derivationName(drvPath);
  const final = evidence.complaints.at(-1)?.raw ?? "";
  const wanted = isDependencySummary(final) ? /'([^']+\.drv)'/.exec(final)?.[1] : undefined;
  const isDependency = wanted !== undefined && wanted !== drvPath;
  return {
    subject: isDependency ? `${derivationName(wanted)} could not be built: its dependency ${name}` : name,
    details: {
      drvPath,
      name,
      ...(isDependency ? { neededBy: wanted } : {}),
      logTail: [...evidence.logTail(drvPath)],
    },
  };
}

/** The builder failure in a complaint, with its last words. */
export function builderFailureIn(complaint: Complaint, evidence: FailureEvidence) {
  const builder = parseBuilderFailure(complaint.raw);
  if (builder === undefined) return undefined;
  const tail = evidence.logTail(builder.drvPath);
  // Through the daemon the message carries the tail as well; ours is there even when nix's is not.
  const lines =
    tail.length > 0 ? tail : complaint.raw.split("\n").flatMap((line) => /^\s*> (.*)$/.exec(line)?.[1] ?? []);
  return { builder, lines, ...describeBuild(builder, evidence) };
}

/** A failure of the given code with the facts of the builder. */
export function builderFailed(
  found: NonNullable<ReturnType<typeof builderFailureIn>>,
  failure: Pick<Failure, "code" | "message" | "hint">,
): Failure {
  const { builder, lines, details } = found;
  return { ...failure, details: { ...details, ...builder, logTail: [...lines] } };
}
