import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createLima } from "@sysinit/lima-control";

import { dummyTemplate } from "./support/dummy-template.ts";
import { makeLimaHome, removeLimaHome } from "./support/lima-home.ts";
import { limactls } from "./support/limactls.ts";

describe.each(limactls())("a diagnosis with %s", (limactl) => {
  let home: string;
  beforeEach(async () => {
    home = await makeLimaHome();
  });
  afterEach(() => removeLimaHome(limactl, home));

  test("of a VM that does not run holds its logs, the cause and what limactl says, and no private key", async () => {
    const vm = await createLima({ limactl, home }).create({ name: "vm", template: dummyTemplate });
    const key = await readFile(join(home, "_config/user"), "utf8");
    await writeFile(
      join(vm.dir, "serial.log"),
      `cat id_ed25519\n${key}\nKernel panic - not syncing: no init\n`,
    );
    await writeFile(join(vm.dir, "ha.stderr.log"), JSON.stringify({ level: "warning", msg: key }));

    const into = join(home, "_diagnosis");
    const files = await vm.diagnose(into);
    expect(files.map((file) => file.slice(into.length + 1)).sort()).toEqual([
      "diagnosis.json",
      "ha.stderr.log",
      "instance.json",
      "limactl.json",
      "serial.log",
    ]);
    expect(await readdir(into)).toHaveLength(files.length);
    const secret = key.split("\n")[2]!;
    for (const file of files) expect(await readFile(file, "utf8")).not.toContain(secret);
    expect(JSON.parse(await readFile(join(into, "diagnosis.json"), "utf8"))).toMatchObject({
      readiness: { state: "broken" },
      cause: { code: "KERNEL_PANIC" },
    });
  });

  test("of one that is gone does not fail", async () => {
    const vm = await createLima({ limactl, home }).create({ name: "vm", template: dummyTemplate });
    await vm.delete();
    const files = await vm.diagnose(join(home, "_diagnosis"));
    expect(files.map((file) => file.slice(home.length + 1))).toEqual(
      expect.arrayContaining(["_diagnosis/diagnosis.json", "_diagnosis/limactl.json"]),
    );
  });
});
