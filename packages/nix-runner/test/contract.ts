import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { detectNix, NixRunnerError, type BuildEvent, type BuildOptions } from "../src/index.ts";
import { fixtureFlake } from "./fixture-flake.ts";

// The builders of the fixture use what is in /usr/bin.
export const nixOptions = { sandbox: "false" };

/** Builds an attribute of a fresh copy of the fixture flake, and keeps the events. */
export function start(
  attribute: string,
  more: Partial<BuildOptions> = {},
  { flake, stateDirectory, gate } = fixtureFlake(),
) {
  const events: BuildEvent[] = [];
  const options: BuildOptions = {
    installable: `path:${flake}#${attribute}`,
    stateDirectory,
    nixOptions,
    onEvent: (event) => events.push(event),
    ...more,
  };
  return { flake, stateDirectory, gate, events, options };
}

/** The error that a build rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<NixRunnerError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!NixRunnerError.is(error)) throw new Error("it did not fail as it should", { cause: error });
  return error;
}

/** Names of the garbage collector roots of finished or running builds. */
export const rootsIn = (stateDirectory: string) => {
  const roots = join(stateDirectory, "roots");
  return existsSync(roots) ? readdirSync(roots) : [];
};
export const namesOf = (events: readonly BuildEvent[], type: "build-started" | "build-finished") =>
  events.flatMap((event) => (event.type === type ? [event.name] : []));
export const phasesOf = (events: readonly BuildEvent[]) =>
  events.flatMap((event) => (event.type === "phase" ? [event.phase] : []));

/** The builder's shell and its child, as the slow derivation tells them. */
export function pidsIn(events: readonly BuildEvent[]): number[] {
  const line = events
    .flatMap((event) => (event.type === "log" ? [event.line] : []))
    .find((text) => text.startsWith("pids "));
  return line?.split(" ").slice(1).map(Number) ?? [];
}

/** The nix-store that belongs to the nix of these tests. */
export const nixStorePath = async () => join(dirname((await detectNix()).path), "nix-store");

/** Fulfilled when an event comes that `matches`; for `onEvent` of a build, which it keeps in `events`. */
export function eventOf(events: BuildEvent[], matches: (event: BuildEvent) => boolean) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onEvent = (event: BuildEvent) => {
    events.push(event);
    if (matches(event)) resolve();
  };
  return { onEvent, seen: promise };
}

/** Puts files of a flake into git, and gives a git for it. */
export function gitIn(flake: string, ...files: readonly string[]) {
  const git = (...args: string[]) => {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
    const { status, stderr, stdout } = spawnSync("git", ["-C", flake, ...identity, ...args], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  git("init", "--quiet");
  git("add", ...files);
  git("commit", "--quiet", "--message", "Start");
  return git;
}
