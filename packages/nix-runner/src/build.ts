import { lstat } from "node:fs/promises";

import { checkBuildOptions, type BuildOptions } from "./build-options.ts";
import { BuildSession } from "./build-session.ts";
import { detectVersion, type NixInstallation } from "./detect-nix.ts";
import { NixRunnerError } from "./errors.ts";
import { BuildState } from "./events/build-state.ts";
import { classify } from "./failures/classify.ts";
import { gatherEvidence } from "./failures/evidence.ts";
import type { Failure } from "./failures/failure.ts";
import { parseBuildOutput, type BuildOutput } from "./nix/build-output.ts";
import { copiedDirectory, isLargerThan } from "./nix/copied-directory.ts";
import type { Environment } from "./nix/environment.ts";
import { parseInstallable } from "./nix/installable.ts";
import { queryAttributeNames } from "./nix/query.ts";
import { runBuild } from "./nix/run-build.ts";
import { releaseRoot } from "./release-root.ts";
import { defaultRootDirectory, makeRoot } from "./roots.ts";

/** Options whose environment is known. */
type ReadyOptions = BuildOptions & { env: Environment };

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
 * When it fails or is aborted, nix and its builders have ended and no root is left.
 * @throws NixRunnerError for everything that the user or the machine can cause; see `nixRunnerErrorCodes`
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const session = new BuildSession(options);
  const { result } = await buildInSession(options, session);
  session.enter("done");
  session.throwConsumerError();
  return result;
}

/** As `build`, as a part of a longer verb. */
export async function buildInSession(
  options: BuildOptions,
  session: BuildSession,
): Promise<{ result: BuildResult; nix: NixInstallation }> {
  checkBuildOptions(options);
  const { installable, env = process.env, signal } = options;
  throwIfAborted(session, installable, signal);
  const rootDirectory = options.rootDirectory ?? defaultRootDirectory(env);
  let root: string | undefined;
  try {
    session.enter("evaluate");
    const nix = await detectVersion({ env, nix: options.nix, signal: session.signal });
    await warnOfLargeCopy(options, session);
    root = await makeRoot(rootDirectory);
    const output = await buildPersistently({ ...options, env }, session, nix, root);
    const { drvPath, outputs } = output;
    const result = {
      drvPath,
      outputs,
      outcome: outcomeOf(session.state, output),
      seconds: session.atMs / 1000,
      root,
    };
    return { nix, result };
  } catch (error) {
    if (root !== undefined) await releaseRoot(root).catch(() => {});
    session.throwConsumerError();
    throw error;
  }
}

/** Tries a second time when the output was collected before nix had made its root. */
async function buildPersistently(
  options: ReadyOptions,
  session: BuildSession,
  nix: NixInstallation,
  root: string,
): Promise<BuildOutput> {
  try {
    return await buildOnce(options, session, nix, root);
  } catch (error) {
    if (!NixRunnerError.is(error, "OUTPUT_VANISHED")) throw error;
    session.warn(`${error.message}; trying once more`);
    session.state = new BuildState();
    return await buildOnce(options, session, nix, root);
  }
}

async function buildOnce(
  options: ReadyOptions,
  session: BuildSession,
  nix: NixInstallation,
  root: string,
): Promise<BuildOutput> {
  const { installable, env, cwd, timeoutMs, maxSilentMs, nixOptions = {} } = options;
  const outcome = await runBuild({
    nix: nix.path,
    env,
    cwd,
    argument: parseInstallable(installable).argument,
    outLink: `${root}/out`,
    nixOptions,
    maxSilentMs,
    timeoutMs: timeoutMs === undefined ? undefined : Math.max(1, timeoutMs - session.atMs),
    signal: session.signal,
    onRecord: (record) => session.observe(record),
  });
  const output = parseBuildOutput(outcome.stdout);
  const succeeded = outcome.reason === "exited" && outcome.exitCode === 0;
  session.close(succeeded);
  const facts = { installable, argv: outcome.argv, nix: nix.path, nixVersion: nix.version };
  const fail = (failure: Failure, cause?: unknown) =>
    new NixRunnerError({ ...failure, details: { ...failure.details, ...facts }, cause });

  switch (outcome.reason) {
    case "aborted":
      throw fail({ code: "ABORTED", message: `building ${installable} was aborted` }, session.signal.reason);
    case "timed-out":
      throw fail({
        code: "TIMEOUT",
        message: `building ${installable} took longer than ${timeoutMs! / 1000} s and was ended`,
        hint: "allow more time (timeoutMs)",
        details: { kind: "total", limitMs: timeoutMs },
      });
    case "spawn-failed":
      throw fail({
        code: "NIX_UNUSABLE",
        message: `${nix.path} cannot be started: ${outcome.spawnErrorCode}`,
        hint: "install nix: https://nixos.org/download",
      });
    case "signalled":
      throw fail({
        code: "NIX_FAILED",
        message: `building ${installable} broke off: nix was killed by ${outcome.signal}`,
        hint: "build again; a builder that nix left behind may still be running",
        details: { signal: outcome.signal },
      });
    case "exited":
      break;
  }
  if (!succeeded) {
    const failure = classify(
      gatherEvidence(session.state, { installable, maxSilentMs, hasResult: output !== undefined }),
    );
    throw fail(await withNames(failure, options, nix, session.signal));
  }
  if (output === undefined) {
    throw fail({
      code: "PROTOCOL",
      message: `nix ${nix.version} built ${installable}, but its answer is not understood`,
      hint: "try another version of nix",
      details: { stdout: outcome.stdout.slice(0, 4096) },
    });
  }
  const gone = await firstMissing(Object.values(output.outputs));
  if (gone !== undefined) {
    throw fail({
      code: "OUTPUT_VANISHED",
      message: `${installable} was built, but ${gone} is gone`,
      hint: "see what collects garbage on this machine meanwhile",
      details: { ...output },
    });
  }
  return output;
}

const largeCopyBytes = 256 * 1024 * 1024;

/** A forgotten disk image beside flake.nix costs minutes and the space of another one, and nix says nothing. */
async function warnOfLargeCopy(
  { installable, cwd = process.cwd() }: BuildOptions,
  session: BuildSession,
): Promise<void> {
  const { flakeReference } = parseInstallable(installable);
  const directory = flakeReference === undefined ? undefined : copiedDirectory(flakeReference, cwd);
  if (directory === undefined || !(await isLargerThan(directory, largeCopyBytes))) return;
  session.warn(
    `nix copies all of ${directory} into its store, more than ${largeCopyBytes / 1024 / 1024} MiB: keep large files elsewhere, or the flake in git`,
  );
}

function throwIfAborted(session: BuildSession, installable: string, signal: AbortSignal | undefined): void {
  if (!session.signal.aborted) return;
  throw new NixRunnerError({
    code: "ABORTED",
    message: `building ${installable} was aborted`,
    cause: signal?.reason,
  });
}

function outcomeOf(state: BuildState, { drvPath, outputs }: BuildOutput): BuildOutcome {
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

/** Says which attributes there are beside the one that is not. */
async function withNames(
  failure: Failure,
  { installable, env = process.env, cwd }: BuildOptions,
  nix: NixInstallation,
  signal: AbortSignal,
): Promise<Failure> {
  const attributes = failure.details?.["attributes"];
  const { flakeReference } = parseInstallable(installable);
  if (failure.code !== "ATTR_NOT_FOUND" || !Array.isArray(attributes) || flakeReference === undefined)
    return failure;
  const parent = String(attributes[0]).split(".").slice(0, -1).join(".");
  if (parent === "") return failure;
  const available = await queryAttributeNames(
    { nix: nix.path, env, cwd, signal },
    `${flakeReference}#${parent}`,
  );
  if (available.length === 0) return failure;
  const hint = failure.hint ?? `${parent} has: ${available.slice(0, 20).join(", ")}`;
  return { ...failure, hint, details: { ...failure.details, available } };
}
