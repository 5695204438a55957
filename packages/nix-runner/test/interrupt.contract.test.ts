import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { untilEnded } from "@sysinit-internal/testing";

import { build } from "../src/index.ts";
import { eventOf, failureOf, pidsIn, rootsIn, start } from "./contract.ts";

/** Starts the slow derivation; its builder's shell, the child of that, and the nix that builds it. */
async function startSlow(signal?: AbortSignal) {
  const { options, events, stateDirectory } = start("slow", { signal });
  const { onEvent, seen } = eventOf(
    events,
    (event) => event.type === "log" && event.line.startsWith("pids "),
  );
  const failing = failureOf(build({ ...options, onEvent }));
  await seen;
  const [shell, child] = pidsIn(events) as [number, number];
  const nix = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${shell}/stat`, "utf8"))![1]);
  onTestFinished(() => {
    for (const pid of [nix, shell, child]) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended, as it should.
      }
    }
  });
  return { failing, nix, shell, child, stateDirectory };
}

// Reading /proc is how it is told here which process is which.
const onLinux = test.skipIf(process.platform !== "linux");

onLinux("a nix that is killed leaves the builder's child running, and the error names it", async () => {
  const { failing, nix, shell, child, stateDirectory } = await startSlow();
  process.kill(nix, "SIGKILL");
  const failure = await failing;
  expect(failure).toMatchObject({
    code: "NIX_FAILED",
    message: expect.stringContaining("nix was killed by SIGKILL; builders still run: "),
    hint: expect.stringMatching(new RegExp(`^end them before you build again: kill .*\\b${child}$`)),
  });
  expect(failure.details["leftProcesses"]).toContainEqual({ pid: child, command: "sleep 600" });
  expect((failure.details["leftProcesses"] as { pid: number }[]).map(({ pid }) => pid)).not.toContain(nix);
  process.kill(child, "SIGKILL");
  await untilEnded(shell);
  expect(rootsIn(stateDirectory)).toEqual([]);
});

onLinux("a nix that hangs is killed in the end, and what it leaves is named", async () => {
  const controller = new AbortController();
  const { failing, nix, child } = await startSlow(controller.signal);
  process.kill(nix, "SIGSTOP");
  controller.abort();
  const failure = await failing;
  await untilEnded(nix);
  expect(failure).toMatchObject({
    code: "ABORTED",
    message: expect.stringContaining("builders still run: "),
  });
  expect(failure.details["leftProcesses"]).toContainEqual({ pid: child, command: "sleep 600" });
});

onLinux("a nix that is asked to end by someone else has no builder left to name", async () => {
  const { failing, nix, shell, child } = await startSlow();
  const ask = () => process.kill(nix, "SIGTERM");
  ask();
  // nix 2.34 misses a signal now and then.
  const again = setInterval(ask, 2000);
  const failure = await failing.finally(() => clearInterval(again));
  expect(failure).toMatchObject({ code: "INTERRUPTED" });
  expect(failure.details).not.toHaveProperty("leftProcesses");
  await untilEnded(shell);
  await untilEnded(child);
});
