import { cp, lstat, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { runProcess } from "@sysinit-internal/process";

import { NixRunnerError } from "../errors.ts";
import { nixEnvironment, type Environment } from "../nix/environment.ts";

/** A git checkout of this machine. */
export interface GitTree {
  directory: string;
  env: Environment;
  signal: AbortSignal;
}

/** The commit that is checked out, and whether files that git knows were changed since. Undefined before the first commit. */
export async function gitRevision(
  tree: GitTree,
): Promise<{ revision: string; isDirty: boolean } | undefined> {
  const head = await git(tree, ["rev-parse", "--verify", "--quiet", "HEAD"]).catch(() => undefined);
  if (head === undefined) return undefined;
  const changes = await git(tree, ["status", "--porcelain", "--untracked-files=no"]);
  return { revision: head.trim(), isDirty: changes !== "" };
}

/**
 * Copies the files that git knows, as they lie there now, into a directory that is empty: what nix takes of a git tree. Submodules
 * are left out, as nix does.
 * @throws NixRunnerError GIT_FAILED, GIT_OWNERSHIP
 */
export async function copyTrackedFiles(tree: GitTree, target: string): Promise<void> {
  const names = (await git(tree, ["ls-files", "-z"])).split("\0").filter(Boolean);
  for (const name of names) {
    tree.signal.throwIfAborted();
    const source = join(tree.directory, name);
    const found = await lstat(source).catch(() => undefined);
    // Deleted but not yet told to git, or a submodule.
    if (found === undefined || found.isDirectory()) continue;
    await mkdir(dirname(join(target, name)), { recursive: true });
    await cp(source, join(target, name), { verbatimSymlinks: true });
  }
}

async function git({ directory, env, signal }: GitTree, args: readonly string[]): Promise<string> {
  const outcome = await runProcess({
    file: "git",
    args: ["-C", directory, ...args],
    env: nixEnvironment(env),
    signal,
    timeoutMs: 120_000,
    maxOutputBytes: 64 * 1024 * 1024,
  });
  if (outcome.reason === "aborted") throw signal.reason;
  if (outcome.exitCode === 0) return outcome.stdout;
  const said = outcome.stderr.trim().split("\n")[0] || outcome.spawnErrorCode || outcome.reason;
  const isOfAnother = /dubious ownership/.test(outcome.stderr);
  throw new NixRunnerError({
    code: isOfAnother ? "GIT_OWNERSHIP" : "GIT_FAILED",
    message: `git cannot say which files belong to ${directory}: ${said}`,
    hint: isOfAnother
      ? `run as its owner, or allow it: git config --global --add safe.directory ${directory}`
      : "see that git is installed and that the repository is whole: git status",
    details: { directory, argv: outcome.argv, stderr: outcome.stderr.slice(0, 4096) },
  });
}
