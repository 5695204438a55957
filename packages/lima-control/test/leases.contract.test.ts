import { randomUUID } from "node:crypto";
import { execFile } from "node:child_process";
import { readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createLima, type Lima } from "@sysinit/lima-control";

import { dummyTemplate } from "./support/dummy-template.ts";
import { makeLimaHome, removeLimaHome } from "./support/lima-home.ts";
import { limactls } from "./support/limactls.ts";
import { killHard, runUntil } from "./support/run-program.ts";

const run = promisify(execFile);

describe.each(limactls())("leases with %s", (limactl) => {
  let home: string;
  let lima: Lima;

  beforeEach(async () => {
    home = await makeLimaHome();
    lima = createLima({ limactl, home });
  });
  afterEach(() => removeLimaHome(limactl, home));

  const createElsewhere = (name: string) =>
    runUntil("create-and-wait.ts", [limactl, home, name], dummyTemplate, `created ${name}`);

  test("the instance of a program that was killed is swept, and only that one", async () => {
    const killed = await createElsewhere("left-behind");
    const living = await createElsewhere("held");
    const template = join(home, "user.yaml");
    await writeFile(template, dummyTemplate);
    await run(limactl, ["--tty=false", "create", "--name", "users", template], {
      env: { ...process.env, LIMA_HOME: home },
    });
    await lima.create({ name: "ours", template: dummyTemplate });

    await killHard(killed);
    try {
      expect(await lima.sweep({ dryRun: true })).toEqual(["left-behind"]);
      expect(await lima.find("left-behind")).toBeDefined();
      expect(await lima.sweep()).toEqual(["left-behind"]);
      expect((await lima.list()).map((record) => record.name)).toEqual(["held", "ours", "users"]);
      expect(await readdir(join(home, "_sysinit/leases"))).toEqual(["held.json", "ours.json"]);
      expect(await lima.sweep()).toEqual([]);
    } finally {
      await killHard(living);
    }
    expect(await lima.sweep()).toEqual(["held"]);
  });

  test("an instance whose creation was cut off is swept, although limactl would not delete it", async () => {
    await killHard(await createElsewhere("half"));
    await rm(join(home, "half/lima.yaml"));
    expect(await lima.sweep()).toEqual(["half"]);
    expect(existsSync(join(home, "half"))).toBe(false);
  });

  test("a lease without an instance, and a lock of a killed program, go without a word", async () => {
    await killHard(await createElsewhere("gone"));
    await rm(join(home, "gone"), { recursive: true });
    const lease = JSON.parse((await run("cat", [join(home, "_sysinit/leases/gone.json")])).stdout) as {
      process: object;
    };
    await writeFile(
      join(home, "_sysinit/locks/gone.lock"),
      JSON.stringify({ ...lease.process, nonce: randomUUID() }),
    );
    expect(await lima.sweep()).toEqual([]);
    expect(await readdir(join(home, "_sysinit/leases"))).toEqual([]);
    expect(await readdir(join(home, "_sysinit/locks"))).toEqual([]);
  });

  test("a new instance takes the name of one whose owner was killed", async () => {
    await killHard(await createElsewhere("vm"));
    const vm = await lima.create({ name: "vm", template: dummyTemplate });
    expect(await vm.inspect()).toMatchObject({ status: "Stopped" });
    expect(await lima.sweep()).toEqual([]);
  });

  test("a lease that this version cannot read is left alone", async () => {
    await killHard(await createElsewhere("vm"));
    await writeFile(join(home, "_sysinit/leases/vm.json"), JSON.stringify({ schema: 99, name: "vm" }));
    expect(await lima.sweep()).toEqual([]);
    expect(await lima.find("vm")).toBeDefined();
  });
});
