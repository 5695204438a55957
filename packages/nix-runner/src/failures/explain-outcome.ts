import type { BuildRequest } from "../build-request.ts";
import type { BuildSession } from "../build-session.ts";
import { NixRunnerError } from "../errors.ts";
import type { NixOutcome } from "../nix/nix-command.ts";
import { classify } from "./classify.ts";
import { tookTooLong, wasAborted } from "./ended-by-us.ts";
import { gatherEvidence } from "./evidence.ts";
import type { Failure } from "./failure.ts";
import { withAttributeNames } from "./with-attribute-names.ts";
import { withLeftProcesses } from "./with-left-processes.ts";

/** Why a run of nix gave no result, with everything that the caller may want to know of it. */
export async function explainOutcome(
  request: BuildRequest,
  session: BuildSession,
  outcome: NixOutcome,
  hasResult: boolean,
): Promise<NixRunnerError> {
  const { installable, argument, nix } = request;
  const failure = await withAttributeNames(explain(request, session, outcome, hasResult), argument, {
    nix,
    signal: session.signal,
  });
  const isAborted = outcome.reason === "aborted";
  // A nix that turns out to be unusable is the better explanation.
  const facts = isAborted ? {} : await request.facts();
  const left = outcome.exitCode === 0 ? [] : await session.leftProcesses();
  return new NixRunnerError({
    ...withLeftProcesses(failure, left, { installable, argv: outcome.argv, ...facts }),
    ...(isAborted ? { cause: session.signal.reason as unknown } : {}),
  });
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
  if (outcome.exitCode !== 0)
    return classify(gatherEvidence(session.state, { installable, maxSilentMs, hasResult }));
  return {
    code: "PROTOCOL",
    message: `nix built ${installable}, but its answer is not understood`,
    hint: "try another version of nix",
    details: { stdout: outcome.stdout.slice(0, 4096) },
  };
}
