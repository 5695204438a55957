import { expect, test } from "vitest";

import { LimaControlError } from "./failures/lima-control-error.ts";
import type { VmEvent } from "./events/vm-event.ts";
import type { RunningVm } from "./handles/running-vm.ts";
import type { LimaContext } from "./lima-context.ts";
import { all } from "./probes/all.ts";
import type { Probe, ProbeVerdict } from "./probes/probe.ts";
import { waitFor } from "./wait-for.ts";

const context = { onEvent: undefined } as LimaContext;
const vm = { name: "vm" } as RunningVm;

/** A probe that gives these answers one after the other, and the last one for ever. */
function answering(...answers: (ProbeVerdict | Error)[]): Probe & { looks: number } {
  const probe = {
    label: "it is there",
    intervalMs: 1,
    looks: 0,
    check(): Promise<ProbeVerdict> {
      const answer = answers[Math.min(probe.looks, answers.length - 1)]!;
      probe.looks += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  return probe;
}
const pending = (detail: string): ProbeVerdict => ({ state: "pending", detail });
const ready: ProbeVerdict = { state: "ready" };
const failure = (code: "GUEST_UNREACHABLE" | "NOT_RUNNING") => new LimaControlError({ code, message: "no" });

test("it looks until the probe is ready, and tells what changes", async () => {
  const events: VmEvent[] = [];
  const probe = answering(pending("a"), pending("a"), failure("GUEST_UNREACHABLE"), pending("b"), ready);
  await waitFor(context, vm, probe, { onEvent: (event) => events.push(event) });
  expect(probe.looks).toBe(5);
  expect(events.map((event) => (event.type === "probe" ? [event.state, event.detail] : event.type))).toEqual([
    ["pending", "a"],
    ["pending", "no"],
    ["pending", "b"],
    ["ready", undefined],
  ]);
});

test("what will not come is not waited for", async () => {
  const probe = answering(pending("a"), { state: "failed", detail: "unit x has failed" });
  await expect(waitFor(context, vm, probe)).rejects.toMatchObject({
    code: "PROBE_FAILED",
    message: "vm will not be ready: it is there: unit x has failed",
  });
  await expect(waitFor(context, vm, answering(failure("NOT_RUNNING")))).rejects.toMatchObject({
    code: "NOT_RUNNING",
  });
});

test("after the time limit it says what was seen last", async () => {
  await expect(waitFor(context, vm, answering(pending("status 4")), { timeoutMs: 50 })).rejects.toMatchObject(
    {
      code: "PROBE_TIMEOUT",
      message: "vm was not ready within 0.05 s: it is there: status 4",
    },
  );
});

test("an abort ends it", async () => {
  const controller = new AbortController();
  const waiting = waitFor(context, vm, answering(pending("a")), {
    signal: controller.signal,
    onEvent: () => controller.abort(),
  });
  await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
  await expect(waitFor(context, vm, answering(ready), { signal: controller.signal })).rejects.toMatchObject({
    code: "ABORTED",
  });
});

test("a probe that its signal ends with an error of its own, and one that it does not end, are waited for no longer", async () => {
  const obeying: Probe = {
    label: "it is there",
    check: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      }),
  };
  const deaf: Probe = { label: "it is there", check: () => new Promise(() => {}) };
  for (const probe of [obeying, deaf]) {
    await expect(waitFor(context, vm, probe, { timeoutMs: 50 })).rejects.toMatchObject({
      code: "PROBE_TIMEOUT",
    });
    const controller = new AbortController();
    const waiting = waitFor(context, vm, probe, { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
  }
}, 20_000);

test("an error of the probe itself is passed on", async () => {
  await expect(waitFor(context, vm, answering(new TypeError("bug")))).rejects.toThrow("bug");
});

test("of several all must be ready, and one that fails fails them", async () => {
  const signal = new AbortController().signal;
  expect(await all(answering(ready), answering(pending("a"))).check(vm, signal)).toEqual({
    state: "pending",
    detail: "it is there: a",
  });
  expect(await all(answering(ready), answering(ready)).check(vm, signal)).toEqual(ready);
  const failed = answering({ state: "failed", detail: "x" });
  expect(await all(failed, answering(ready)).check(vm, signal)).toMatchObject({ state: "failed" });
  expect(await all(answering(pending("a")), failed).check(vm, signal)).toMatchObject({ state: "failed" });
});
