import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { payload, readUnits } from "./guest.ts";

const calledByOthers = ["provision-scripts", "start-guest-agent", "wait-for-guest-agent"];

test("every step is some unit's, and every unit's steps exist", async () => {
  const used = (await readUnits()).flatMap((unit) => unit.steps);
  expect([...used, ...calledByOthers].sort()).toEqual((await readdir(join(payload, "steps"))).sort());
});

test("sshd waits for the keys and for nothing that a script or a mount can hold up", async () => {
  const before = (await readUnits()).filter((unit) => /^Before=.*\bsshd\.service\b/m.test(unit.text));
  const [agent, ...makers] = before.sort((a, b) => a.name.localeCompare(b.name));
  expect(agent?.name).toBe("lima-guest-agent.service");
  expect(makers.map((unit) => unit.name)).toEqual(["lima-keys.service", "lima-login.service"]);
  for (const maker of makers)
    expect(maker.after.filter((name) => name.startsWith("lima-"))).toEqual(["lima-cidata.service"]);
});

test("no unit needs another to have succeeded", async () => {
  for (const unit of await readUnits())
    expect(unit.text).not.toMatch(/^(Requires|BindsTo|Requisite|PartOf)=/m);
});

test("boot-done comes after every other unit", async () => {
  const units = await readUnits();
  const reached = new Set<string>();
  const visit = (name: string) => {
    if (reached.has(name)) return;
    reached.add(name);
    units.find((unit) => unit.name === name)?.after.forEach(visit);
  };
  visit("lima-boot-done.service");
  const missing = units.map((unit) => unit.name).filter((name) => !reached.has(name));
  expect(missing).toEqual([]);
});
