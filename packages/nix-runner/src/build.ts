import { lstat } from "node:fs/promises";

import { buildOnce } from "./build-once.ts";
import { checkBuildOptions, type BuildOptions } from "./build-options.ts";
import type { BuildRequest } from "./build-request.ts";
import { BuildSession } from "./build-session.ts";
import { askVersion, findNix } from "./detect-nix.ts";
import { NixRunnerError } from "./errors.ts";
import type { BuildState } from "./events/build-state.ts";
import { tookTooLong, wasAborted } from "./failures/ended-by-us.ts";
import type { BuildOutput } from "./nix/build-output.ts";
import { parseInstallable } from "./nix/installable.ts";
import { localNix, type NixCommand } from "./nix/nix-command.ts";
import { disownRoot, makeRoot, ownRoot, removeRoot } from "./state/roots.ts";
import { defaultStateDirectory } from "./state/state-directory.ts";
import { sweepRoots } from "./state/sweep-roots.ts";
import { UsualTimes } from "./state/usual-times.ts";
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
    const result = await buildInSession(options, session, stateDirectory, localNixOf(options));
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
  const usualTimes = new UsualTimes(stateDirectory);
  const session = new BuildSession({
    ...options,
    usualTime: (drvPath) => usualTimes.of(drvPath),
    isLocal: true,
  });
  try {
    throwIfAborted(session, installable);
    session.enter("evaluate");
    const result = await verb(session, stateDirectory);
    await usualTimes.add(session.state.finished);
    session.enter("done");
    session.throwFailure();
    return result;
  } catch (error) {
    session.throwFailure();
    if (session.isLate && NixRunnerError.is(error, "ABORTED"))
      throw new NixRunnerError(tookTooLong(installable, timeoutMs!));
    throw error;
  } finally {
    session.end();
  }
}

/**
 * As `build`, as a part of a longer verb. Only a nix that fails is asked for its version: that takes half as long as a build with
 * nothing to do, and no nix that is too old gets as far as a result.
 */
export async function buildInSession(
  options: BuildOptions,
  session: BuildSession,
  stateDirectory: string,
  nix: LocalNix,
): Promise<BuildResult> {
  const { installable, timeoutMs, maxSilentMs, nixOptions = {} } = options;
  const root = makeRoot(stateDirectory);
  const building = buildPersistently(
    {
      installable,
      argument: parseInstallable(installable).argument,
      outLink: `${root}/out`,
      nix: nix.command,
      nixOptions,
      maxSilentMs,
      timeoutMs,
      facts: async () => {
        const { version } = await askVersion({ nix: nix.command, signal: session.signal }, nix.path);
        return { nix: nix.path, nixVersion: version };
      },
    },
    session,
  );
  // While nix is at work already; its link comes last.
  const meanwhile = Promise.all([
    ownRoot(root),
    sweepRoots(stateDirectory),
    warnOfLargeCopy(options, session),
  ]);
  meanwhile.catch((error: unknown) => session.fail(error));
  try {
    const output = await building;
    await meanwhile;
    const { drvPath, outputs } = output;
    return {
      drvPath,
      outputs,
      outcome: outcomeOf(session.state, output),
      seconds: session.atMs / 1000,
      root,
    };
  } catch (error) {
    await meanwhile.catch(() => {});
    await removeRoot(root).catch(() => {});
    throw error;
  }
}

/** The nix of this machine that builds. */
export interface LocalNix {
  path: string;
  command: NixCommand;
}

/** Finds the nix that is to build. @throws NixRunnerError NIX_NOT_FOUND */
export function localNixOf({ env = process.env, nix, cwd }: BuildOptions): LocalNix {
  const path = findNix(env, nix);
  return { path, command: localNix({ nix: path, env, cwd }) };
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
    details: { ...output, ...(await request.facts()) },
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
