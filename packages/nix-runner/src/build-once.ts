import type { BuildSession } from "./build-session.ts";
import { NixRunnerError } from "./errors.ts";
import { classify } from "./failures/classify.ts";
import { gatherEvidence } from "./failures/evidence.ts";
import type { Failure } from "./failures/failure.ts";
import { withAttributeNames } from "./failures/with-attribute-names.ts";
import { withLeftProcesses } from "./failures/with-left-processes.ts";
import { buildArguments, type BuildArguments } from "./nix/argv.ts";
import { parseBuildOutput, type BuildOutput } from "./nix/build-output.ts";
import { parseRecord } from "./nix/internal-json.ts";
import type { NixCommand, NixOutcome } from "./nix/nix-command.ts";

/** One run of `nix build`. */
export interface BuildRequest extends BuildArguments {
  /** As the caller gave it. */
  installable: string;
  nix: NixCommand;
  /** The caller's limit, for messages. */
  timeoutMs: number | undefined;
  /** What else an error is to tell. */
  facts: () => Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Runs `nix build`, tells the session what it does, and gives its answer.
 * @throws NixRunnerError with the cause when it fails or is ended
 */
export async function buildOnce(request: BuildRequest, session: BuildSession): Promise<BuildOutput> {
  const { nix } = request;
  let outcome: NixOutcome | undefined;
  session.open();
  try {
    outcome = await nix(buildArguments(request), {
      signal: session.signal,
      onLine: (line) => session.observe(parseRecord(line)),
    });
  } finally {
    session.close(outcome !== undefined && hasSucceeded(outcome));
  }
  const output = parseBuildOutput(outcome.stdout);
  if (hasSucceeded(outcome) && output !== undefined) return output;

  const explained = explain(request, session, outcome, output !== undefined);
  const named = await withAttributeNames(explained, request.argument, { nix, signal: session.signal });
  const failure = withLeftProcesses(named, hasSucceeded(outcome) ? [] : await session.leftProcesses());
  // A nix that turns out to be unusable is the better explanation.
  const facts = outcome.reason === "aborted" ? {} : await request.facts();
  throw new NixRunnerError({
    ...failure,
    details: { ...failure.details, installable: request.installable, argv: outcome.argv, ...facts },
    ...(outcome.reason === "aborted" ? { cause: session.signal.reason as unknown } : {}),
  });
}

function hasSucceeded({ reason, exitCode }: NixOutcome): boolean {
  return reason === "exited" && exitCode === 0;
}

/** Why there is no result. */
function explain(
  { installable, maxSilentMs, timeoutMs }: BuildRequest,
  session: BuildSession,
  outcome: NixOutcome,
  hasResult: boolean,
): Failure {
  switch (outcome.reason) {
    case "aborted":
    case "timed-out":
      return session.isLate ? tookTooLong(installable, timeoutMs!) : wasAborted(installable);
    case "spawn-failed":
      return {
        code: "NIX_UNUSABLE",
        message: `${outcome.argv[0]} cannot be started: ${outcome.spawnErrorCode}`,
        hint: "install nix: https://nixos.org/download",
      };
    case "signalled":
      return {
        code: "NIX_FAILED",
        message: `building ${installable} broke off: nix was killed by ${outcome.signal}`,
        hint: "build again; the kernel kills what takes too much memory",
        details: { signal: outcome.signal },
      };
    case "exited":
      break;
  }
  if (!hasSucceeded(outcome))
    return classify(gatherEvidence(session.state, { installable, maxSilentMs, hasResult }));
  return {
    code: "PROTOCOL",
    message: `nix built ${installable}, but its answer is not understood`,
    hint: "try another version of nix",
    details: { stdout: outcome.stdout.slice(0, 4096) },
  };
}

export function wasAborted(installable: string): Failure {
  return { code: "ABORTED", message: `building ${installable} was aborted` };
}

export function tookTooLong(installable: string, timeoutMs: number): Failure {
  return {
    code: "TIMEOUT",
    message: `building ${installable} took longer than ${timeoutMs / 1000} s and was ended`,
    hint: "allow more time (timeoutMs)",
    details: { kind: "total", limitMs: timeoutMs },
  };
}
