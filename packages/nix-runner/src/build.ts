import { lstat } from "node:fs/promises";

import { buildOnce, tookTooLong, wasAborted, type BuildRequest } from "./build-once.ts";
import { checkBuildOptions, type BuildOptions } from "./build-options.ts";
import { BuildSession } from "./build-session.ts";
import { detectVersion } from "./detect-nix.ts";
import { NixRunnerError } from "./errors.ts";
import type { BuildState } from "./events/build-state.ts";
import type { BuildOutput } from "./nix/build-output.ts";
import { parseInstallable } from "./nix/installable.ts";
import { localNix, type NixCommand } from "./nix/nix-command.ts";
import { BuildHistory } from "./state/build-history.ts";
import { disownRoot, makeRoot, removeRoot } from "./state/roots.ts";
import { defaultStateDirectory } from "./state/state-directory.ts";
import { sweepRoots } from "./state/sweep-roots.ts";
import { warnOfLargeCopy } from "./warn-of-large-copy.ts";

/** What nix did for it: built it now, copied it from a cache, or had it. */
export type BuildOutcome = "built" | "substituted" | "present";

export interface BuildResult {
  drvPath: string;
  /** Store path by output name. */
  outputs: Record<string, string>;
  outcome: BuildOutcome;
  /** Seconds from the call to the end of nix. */
  seconds: number;
  /** Keeps the outputs from nix's garbage collector until it is given to `releaseRoot`. */
  root: string;
}

/**
 * Builds an installable with nix. Evaluating changes nothing in the flake: an outdated lock file is an error.
 * When it fails or is aborted, nix and its builders have ended and no root is left; a builder that outlives a nix that had to
 * be killed is named in `details.leftProcesses`.
 * @throws NixRunnerError for everything that the user or the machine can cause; see `nixRunnerErrorCodes`
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  return inSession(options, async (session, stateDirectory) => {
    const { result } = await buildInSession(options, session, stateDirectory);
    if (options.keepRoot === true) await disownRoot(result.root);
    return result;
  });
}

/** Checks the options, and runs a verb with the session and the state that builds need. */
export async function inSession<Result>(
  options: BuildOptions,
  verb: (session: BuildSession, stateDirectory: string) => Promise<Result>,
): Promise<Result> {
  checkBuildOptions(options);
  const { installable, env = process.env, stateDirectory = defaultStateDirectory(env), timeoutMs } = options;
  const history = new BuildHistory(stateDirectory);
  const session = new BuildSession({
    ...options,
    usualTime: (drvPath) => history.usualMs(drvPath),
    isLocal: true,
  });
  try {
    throwIfAborted(session, installable);
    session.enter("evaluate");
    const loading = history.load();
    const result = await verb(session, stateDirectory);
    await loading;
    await history.add(session.state.finished);
    session.enter("done");
    session.throwConsumerError();
    return result;
  } catch (error) {
    session.throwConsumerError();
    if (session.isLate && NixRunnerError.is(error, "ABORTED"))
      throw new NixRunnerError(tookTooLong(installable, timeoutMs!));
    throw error;
  }
}

/** As `build`, as a part of a longer verb. */
export async function buildInSession(
  options: BuildOptions,
  session: BuildSession,
  stateDirectory: string,
): Promise<{ result: BuildResult; nix: NixCommand }> {
  const { installable, env = process.env, cwd, timeoutMs, maxSilentMs, nixOptions = {} } = options;
  const { path, version } = await detectVersion({ env, nix: options.nix, signal: session.signal });
  const nix = localNix({ nix: path, env, cwd });
  await warnOfLargeCopy(options, session);
  await sweepRoots(stateDirectory);
  const root = await makeRoot(stateDirectory);
  try {
    const output = await buildPersistently(
      {
        installable,
        argument: parseInstallable(installable).argument,
        outLink: `${root}/out`,
        nix,
        nixOptions,
        maxSilentMs,
        timeoutMs,
        facts: { nix: path, nixVersion: version },
      },
      session,
    );
    const { drvPath, outputs } = output;
    const outcome = outcomeOf(session.state, output);
    return { nix, result: { drvPath, outputs, outcome, seconds: session.atMs / 1000, root } };
  } catch (error) {
    await removeRoot(root).catch(() => {});
    throw error;
  }
}

/** Tries a second time when the output was collected before nix had made its root. */
async function buildPersistently(request: BuildRequest, session: BuildSession): Promise<BuildOutput> {
  try {
    return await buildWhole(request, session);
  } catch (error) {
    if (!NixRunnerError.is(error, "OUTPUT_VANISHED")) throw error;
    session.warn(`${error.message}; trying once more`);
    session.startOver();
    return await buildWhole(request, session);
  }
}

async function buildWhole(request: BuildRequest, session: BuildSession): Promise<BuildOutput> {
  const output = await buildOnce(request, session);
  const gone = await firstMissing(Object.values(output.outputs));
  if (gone === undefined) return output;
  throw new NixRunnerError({
    code: "OUTPUT_VANISHED",
    message: `${request.installable} was built, but ${gone} is gone`,
    hint: "see what collects garbage on this machine meanwhile",
    details: { ...output, ...request.facts },
  });
}

export function throwIfAborted(session: BuildSession, installable: string): void {
  if (!session.signal.aborted) return;
  throw new NixRunnerError({ ...wasAborted(installable), cause: session.signal.reason });
}

export function outcomeOf(state: BuildState, { drvPath, outputs }: BuildOutput): BuildOutcome {
  if (state.started.has(drvPath)) return "built";
  return Object.values(outputs).some((path) => state.copied.has(path)) ? "substituted" : "present";
}

async function firstMissing(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    try {
      await lstat(path);
    } catch {
      return path;
    }
  }
  return undefined;
}
