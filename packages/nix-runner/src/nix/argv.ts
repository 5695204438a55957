// In argv and not in NIX_CONFIG, so that they hold in any environment; "extra" keeps what the user has switched on.
const features = ["--extra-experimental-features", "nix-command flakes"];
// Evaluating must not change the user's tree: nix would write flake.lock and even add it to git.
const frozenLock = "--no-update-lock-file";

export interface BuildArguments {
  argument: string;
  outLink: string;
  nixOptions: Readonly<Record<string, string>>;
  maxSilentMs: number | undefined;
}

/** `nix build` with records on stderr, the result as JSON on stdout, and a garbage collector root. */
export function buildArguments(request: BuildArguments): string[] {
  const options = { "connect-timeout": "15", ...request.nixOptions };
  return [
    ...features,
    "build",
    "--json",
    "--out-link",
    request.outLink,
    "--log-format",
    "internal-json",
    frozenLock,
    ...Object.entries(options).flatMap(([name, value]) => ["--option", name, value]),
    ...(request.maxSilentMs === undefined
      ? []
      : ["--max-silent-time", String(inSeconds(request.maxSilentMs))]),
    "--",
    request.argument,
  ];
}

/** `nix flake metadata` as JSON. */
export function metadataArguments(flakeReference: string): string[] {
  return [...features, "flake", "metadata", "--json", frozenLock, "--", flakeReference];
}

/** `nix eval` of an attribute that is a string. */
export function evalStringArguments(installable: string): string[] {
  return [...features, "eval", "--raw", frozenLock, "--", installable];
}

/** `nix eval` of the names in an attribute set, without evaluating its values. */
export function attributeNamesArguments(installable: string): string[] {
  return [...features, "eval", "--json", frozenLock, "--apply", "builtins.attrNames", "--", installable];
}

/** The system that nix builds for by itself. */
export function currentSystemArguments(): string[] {
  return [...features, "config", "show", "system"];
}

/** All settings of nix, as JSON; the command was called `show-config` before 2.20. */
export function configurationArguments(command: readonly string[]): string[] {
  return [...features, ...command, "--json"];
}

/** nix counts in whole seconds, and 0 would mean no limit. */
export function inSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
