import { randomUUID } from "node:crypto";
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createLima, type Lima } from "@sysinit/lima-control";

import { dummyTemplate } from "./support/dummy-template.ts";
import { makeLimaHome, removeLimaHome } from "./support/lima-home.ts";
import { limactlsAndFakes } from "./support/limactls.ts";
import { ended, killHard, runUntil, startProgram } from "./support/run-program.ts";

const run = promisify(execFile);

describe.each(await limactlsAndFakes())("leases with %s", (limactl) => {
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

  test("an instance that was created or cloned stays when it is detached, and goes at the end of its handle otherwise", async () => {
    {
      await using _gone = await lima.create({ name: "gone", template: dummyTemplate });
      const kept = await lima.create({ name: "kept", template: dummyTemplate });
      await using _clone = await kept.clone("clone");
      await kept.detach();
      expect(kept.owned).toBe(false);
    }
    expect((await lima.list()).map((record) => record.name)).toEqual(["kept"]);
    expect(await readdir(join(home, "_sysinit/leases"))).toEqual([]);
  });

  test.each(["exception", "exit", "SIGINT", "SIGTERM", "SIGKILL"])(
    "the next creation sweeps the instance of a program that ended with %s",
    async (end) => {
      const program = await runUntil("owner.ts", [limactl, home, "left", end], dummyTemplate, "created left");
      if (end.startsWith("SIG")) program.kill(end as NodeJS.Signals);
      await ended(program);
      await lima.create({ name: "next", template: dummyTemplate });
      expect((await lima.list()).map((record) => record.name)).toEqual(["next"]);
    },
  );

  test("a limactl that still makes the instance of a program that was killed makes none after the sweep", async () => {
    for (const afterMs of [40, 90, 140, 190]) {
      const program = startProgram(
        "owner.ts",
        [limactl, home, "vm", "killed-while-creating"],
        dummyTemplate,
        {
          KILL_AFTER_MS: String(afterMs),
        },
      );
      await ended(program);
      await lima.sweep();
      await setTimeout(1_000);
      expect(await lima.list()).toEqual([]);
      expect(await readdir(join(home, "_sysinit/leases")).catch(() => [])).toEqual([]);
    }
  });

  const leaseOf = (name: string) => join(home, "_sysinit/leases", `${name}.json`);
  async function changeOwner(name: string, change: (owner: Record<string, unknown>) => void): Promise<void> {
    const lease = JSON.parse(await readFile(leaseOf(name), "utf8")) as { process: Record<string, unknown> };
    change(lease.process);
    await writeFile(leaseOf(name), JSON.stringify(lease));
  }

  test("after a reboot the instance is swept, whatever process has the number of its owner now", async () => {
    await lima.create({ name: "vm", template: dummyTemplate });
    await changeOwner("vm", (owner) => (owner["bootId"] = "an earlier boot"));
    expect(await lima.sweep()).toEqual(["vm"]);
  });

  test("a process that was given the number of the dead owner does not keep the instance", async () => {
    await lima.create({ name: "vm", template: dummyTemplate });
    await changeOwner("vm", (owner) => (owner["startTime"] = "1"));
    expect(await lima.sweep()).toEqual(["vm"]);
  });

  test("the instance of an owner on another machine that shares LIMA_HOME is left alone", async () => {
    await lima.create({ name: "vm", template: dummyTemplate });
    await changeOwner("vm", (owner) => (owner["host"] = "another-machine"));
    expect(await lima.sweep()).toEqual([]);
    expect(await lima.find("vm")).toBeDefined();
  });

  test("a clock that jumps changes nothing", async () => {
    const vm = await lima.create({ name: "vm", template: dummyTemplate });
    for (const createdAt of ["1970-01-01T00:00:00Z", "2999-01-01T00:00:00Z"]) {
      const lease = JSON.parse(await readFile(leaseOf("vm"), "utf8")) as object;
      await writeFile(leaseOf("vm"), JSON.stringify({ ...lease, createdAt }));
      expect(await lima.sweep()).toEqual([]);
    }
    await vm.delete();
  });

  test("an instance that the user made under the name of one that was left behind is not swept", async () => {
    const template = join(home, "user.yaml");
    await writeFile(template, dummyTemplate);
    const raw = (...args: string[]) =>
      run(limactl, ["--tty=false", ...args], { env: { ...process.env, LIMA_HOME: home } });
    await killHard(await createElsewhere("vm"));
    await raw("delete", "-f", "vm");
    await raw("create", "--name", "vm", template);
    expect(await lima.sweep({ dryRun: true })).toEqual([]);
    expect(await lima.sweep()).toEqual([]);
    expect(await lima.find("vm")).toMatchObject({ status: "Stopped" });
    expect(await readdir(join(home, "_sysinit/leases"))).toEqual([]);
  });

  test("an instance that the user made under the name of one whose creation was cut off is not swept", async () => {
    await killHard(await createElsewhere("vm"));
    const whole = JSON.parse(await readFile(leaseOf("vm"), "utf8")) as object;
    const cutOff = JSON.stringify({ ...whole, marked: false, createdAt: new Date().toISOString() });
    await rm(join(home, "vm/sysinit-lease"));
    await writeFile(leaseOf("vm"), cutOff);
    expect(await lima.sweep()).toEqual(["vm"]);

    const template = join(home, "user.yaml");
    await writeFile(template, dummyTemplate);
    await writeFile(leaseOf("vm"), cutOff);
    await run(limactl, ["--tty=false", "create", "--name", "vm", template], {
      env: { ...process.env, LIMA_HOME: home },
    });
    expect(await lima.sweep()).toEqual([]);
    expect(await lima.find("vm")).toMatchObject({ status: "Stopped" });
    expect(await readdir(join(home, "_sysinit/leases"))).toEqual([]);
  });

  test.each(["create", "clone"])(
    "an instance that the user makes while we %s one, under the same name, is not deleted",
    async (verb) => {
      await using _golden = await lima.create({ name: "golden", template: dummyTemplate });
      const wrapper = join(home, "_limactl");
      await writeFile(join(home, "user.yaml"), dummyTemplate);
      await writeFile(
        wrapper,
        `#!/bin/sh
case " $* " in
*" ${verb} "*) "${limactl}" --tty=false create --name vm "$LIMA_HOME/user.yaml" </dev/null ;;
esac
exec "${limactl}" "$@"
`,
        { mode: 0o755 },
      );
      const racing = createLima({ limactl: wrapper, home });
      const golden = await racing.attach("golden");
      if (golden.state === "running") throw new Error("it was only created");
      const made =
        verb === "create" ? racing.create({ name: "vm", template: dummyTemplate }) : golden.clone("vm");
      await expect(made).rejects.toMatchObject({ code: "INSTANCE_EXISTS" });
      expect(await lima.find("vm")).toMatchObject({ status: "Stopped" });
      expect(await readdir(join(home, "_sysinit/leases"))).toEqual(["golden.json"]);
      expect(await lima.sweep()).toEqual([]);
    },
  );

  test("one whose template was merged with the user's base.yaml, and whose creation was cut off, is swept", async () => {
    await mkdir(join(home, "_config"), { recursive: true });
    await writeFile(join(home, "_config/base.yaml"), "cpus: 1\n");
    await killHard(await createElsewhere("vm"));
    const whole = JSON.parse(await readFile(leaseOf("vm"), "utf8")) as object;
    await rm(join(home, "vm/sysinit-lease"));
    await writeFile(leaseOf("vm"), JSON.stringify({ ...whole, marked: false }));
    expect(await lima.sweep()).toEqual(["vm"]);
  });

  test("a clone that was cut off is known by when it was made", async () => {
    const owner = await createElsewhere("golden");
    const golden = await lima.attach("golden");
    if (golden.state === "running") throw new Error("it was only created");
    const lease = JSON.parse(await readFile(leaseOf("golden"), "utf8")) as object;
    const gone = {
      ...lease,
      name: "vm",
      from: "golden",
      marked: false,
      process: { ...(lease as { process: object }).process, startTime: "1" },
    };
    for (const [ageMs, swept] of [
      [0, ["vm"]],
      [3_600_000, []],
    ] as const) {
      const vm = await golden.clone("vm");
      const createdAt = new Date(Date.now() - ageMs).toISOString();
      await writeFile(leaseOf("vm"), JSON.stringify({ ...gone, createdAt }));
      expect(await lima.sweep()).toEqual(swept);
      expect((await lima.find("vm")) === undefined).toBe(swept.length > 0);
      await vm.detach();
    }
    await killHard(owner);
  });

  test("one that is protected stays, and does not keep the others from being swept", async () => {
    for (const program of [await createElsewhere("a-protected"), await createElsewhere("b")])
      await killHard(program);
    await run(limactl, ["--tty=false", "protect", "a-protected"], {
      env: { ...process.env, LIMA_HOME: home },
    });
    expect(await lima.sweep()).toEqual(["b"]);
    expect(await lima.find("a-protected")).toBeDefined();
  });

  test("a lease that this version cannot read is left alone", async () => {
    await killHard(await createElsewhere("vm"));
    await writeFile(join(home, "_sysinit/leases/vm.json"), JSON.stringify({ schema: 99, name: "vm" }));
    expect(await lima.sweep()).toEqual([]);
    expect(await lima.find("vm")).toBeDefined();
  });
});
