import { randomUUID } from "node:crypto";
import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it, onTestFinished, vi } from "vitest";

import { cli } from "./run-cli.ts";

async function untilEnded(pid: number): Promise<void> {
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), { timeout: 20_000 });
}

/** Starts a build that does not end, and calls `onBuilding` when its builder runs, with the pids of its shell and of the child of that. */
async function buildInterrupted(onBuilding: (child: ChildProcess, pids: number[]) => void) {
  const work = await mkdtemp(join(tmpdir(), "interrupt-"));
  onTestFinished(() => rm(work, { recursive: true, force: true }));
  await mkdir(join(work, "flake"));
  const system = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-${process.platform}`;
  await writeFile(
    join(work, "flake/flake.nix"),
    `{ outputs = { self }: { packages.${system}.slow = derivation {
      name = "slow"; system = "${system}"; salt = "${randomUUID()}"; builder = "/bin/sh";
      args = [ "-c" "PATH=/usr/bin:/bin; sleep 600 & echo pids $$ $!; wait" ];
    }; }; }`,
  );
  const NIX_CONFIG = `${process.env["NIX_CONFIG"] ?? ""}\nsandbox = false`;
  let pids: number[] | undefined;
  const run = await cli(["build", "--verbose", `path:${join(work, "flake")}#slow`], {
    env: { XDG_STATE_HOME: work, NIX_CONFIG },
    onTalk: (talk, child) => {
      const found = /pids (\d+) (\d+)/.exec(talk);
      if (pids !== undefined || found === null) return;
      pids = [Number(found[1]), Number(found[2])];
      onBuilding(child, pids);
    },
  });
  if (pids === undefined) throw new Error(`the builder never ran: ${run.stderr}`);
  return { run, pids, roots: readdirSync(join(work, "sysinit-lima/roots")) };
}

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s ends nix and its builder cleanly, with %i", async (signal, status) => {
  const { run, pids, roots } = await buildInterrupted((child) => child.kill(signal));
  expect(run.status).toBe(status);
  expect(run.stderr).toContain("cleaning up");
  for (const pid of pids) await untilEnded(pid);
  expect(roots).toEqual([]);
});

// Reading /proc is how it is told here which process is nix.
it.skipIf(process.platform !== "linux")(
  "a second Ctrl-C leaves at once, even when nix hangs, and nix is told to end",
  async () => {
    let nix = 0;
    const { run, pids } = await buildInterrupted((child, [shell]) => {
      nix = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${shell}/stat`, "utf8"))![1]);
      process.kill(nix, "SIGSTOP");
      child.kill("SIGINT");
      // What comes within 300 ms is the same press.
      setTimeout(() => child.kill("SIGINT"), 1000);
    });
    expect(run.status).toBe(130);
    // It was not waited for: it stands still yet.
    expect(readFileSync(`/proc/${nix}/stat`, "utf8")).toMatch(/\) T /);
    process.kill(nix, "SIGCONT");
    for (const pid of [nix, ...pids]) await untilEnded(pid);
  },
);
