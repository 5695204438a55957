/** What the environment of a process holds. */
export type Environment = Readonly<Record<string, string | undefined>>;

const removed = new Set([
  // From a surrounding nix build or a service manager: they change where and how nix logs.
  "IN_SYSTEMD",
  "NIX_BUILD_TOP",
  "NIX_LOG_FD",
  "NIX_INDENT_MAKE",
  "NODE_OPTIONS",
  "LD_LIBRARY_PATH",
  // A git hook sets these, and nix would read that repository instead of the flake's.
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_COMMON_DIR",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
]);

const added = {
  LC_ALL: "C.UTF-8",
  NO_COLOR: "1",
  // Nobody is there to answer.
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  SSH_ASKPASS_REQUIRE: "never",
};

/** The environment that nix runs in: ours (NIX_CONFIG, NIX_REMOTE, proxies and ssh included) without what leads it astray. */
export function nixEnvironment(env: Environment): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !removed.has(entry[0]) && !entry[0].startsWith("DYLD_"),
  );
  return { ...Object.fromEntries(kept), ...added };
}
