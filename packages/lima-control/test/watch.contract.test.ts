import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createLima, type InstanceEvent, type Lima } from "@sysinit/lima-control";

import { dummyTemplate } from "./support/dummy-template.ts";
import { makeLimaHome, removeLimaHome } from "./support/lima-home.ts";
import { limactlsAndFakes } from "./support/limactls.ts";

describe.each(await limactlsAndFakes())("watching the instances of %s", (limactl) => {
  let home: string;
  let lima: Lima;

  beforeEach(async () => {
    home = await makeLimaHome();
    lima = createLima({ limactl, home });
  });
  afterEach(() => removeLimaHome(limactl, home));

  test("what is there is told first, then what comes, changes and goes, whoever did it", async () => {
    const vm = await lima.create({ name: "vm", template: dummyTemplate });
    const ended = new AbortController();
    const events = lima.watch({ intervalMs: 50, signal: ended.signal })[Symbol.asyncIterator]();
    const next = async (): Promise<InstanceEvent> => (await events.next()).value as InstanceEvent;

    expect(await next()).toMatchObject({ type: "added", name: "vm", record: { status: "Stopped" } });
    await vm.protect();
    expect(await next()).toMatchObject({ type: "changed", record: { protected: true } });
    await vm.unprotect();
    expect(await next()).toMatchObject({ type: "changed", record: { protected: false } });
    await mkdir(join(home, "stranger"));
    expect(await next()).toMatchObject({ type: "added", name: "stranger", record: { status: "Broken" } });
    await rm(join(home, "stranger"), { recursive: true });
    expect(await next()).toEqual({ type: "removed", name: "stranger" });
    await vm.delete();
    expect(await next()).toEqual({ type: "removed", name: "vm" });

    ended.abort();
    expect((await events.next()).done).toBe(true);
  });

  test("after the abort nothing more is told, even of what was seen before", async () => {
    for (const name of ["one", "two", "three"]) await mkdir(join(home, name), { recursive: true });
    const ended = new AbortController();
    const told: string[] = [];
    for await (const { name } of lima.watch({ signal: ended.signal })) {
      told.push(name);
      ended.abort();
    }
    expect(told).toEqual(["one"]);
  });

  test("an interval that is no time is refused", async () => {
    const events = lima.watch({ intervalMs: Number.NaN })[Symbol.asyncIterator]();
    await expect(events.next()).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
  });
});
