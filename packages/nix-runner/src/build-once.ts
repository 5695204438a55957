import type { BuildRequest } from "./build-request.ts";
import type { BuildSession } from "./build-session.ts";
import { buildArguments } from "./nix/argv.ts";
import { parseBuildOutput, type BuildOutput } from "./nix/build-output.ts";
import { parseRecord } from "./nix/internal-json.ts";
import type { NixOutcome } from "./nix/nix-command.ts";

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
  // Loaded only now: a build with nothing to do need not wait for it.
  const { explainOutcome } = await import("./on-demand.ts");
  throw await explainOutcome(request, session, outcome, output !== undefined);
}

function hasSucceeded({ reason, exitCode }: NixOutcome): boolean {
  return reason === "exited" && exitCode === 0;
}
