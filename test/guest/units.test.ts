import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { payload, readUnits } from "./guest.ts";

const calledByOthers = ["provision-scripts", "start-guest-agent"];

test("every step is some unit's, and every unit's steps exist", async () => {
  const used = (await readUnits()).flatMap((unit) => unit.steps);
  expect([...used, ...calledByOthers].sort()).toEqual((await readdir(join(payload, "steps"))).sort());
});

test("sshd waits for the keys and for nothing that a script or a mount can hold up", async () => {
  const before = (await readUnits()).filter((unit) => /^Before=.*\bsshd\.service\b/m.test(unit.text));
  const waitsFor = before.map((unit) => [unit.name, unit.after.filter((name) => name.startsWith("lima-"))]);
  expect(Object.fromEntries(waitsFor)).toEqual({
    "lima-keys.service": ["lima-cidata.service"],
    "lima-login.service": ["lima-cidata.service"],
    // Only with Lima up to 2.0, by its conditions.
    "lima-wait-for-guest-agent.service": ["lima-guest-agent.service"],
  });
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
