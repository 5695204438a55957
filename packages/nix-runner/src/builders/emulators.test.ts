import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { listEmulated } from "./emulators.ts";

test("what the kernel hands to an emulator, as Debian and NixOS register it", async () => {
  const directory = temporaryDirectory();
  const enabled = "enabled\ninterpreter /usr/bin/qemu\nflags: POCF\n";
  writeFileSync(join(directory, "qemu-aarch64"), enabled);
  writeFileSync(join(directory, "riscv64-linux"), enabled);
  writeFileSync(join(directory, "qemu-arm"), enabled.replace("enabled", "disabled"));
  writeFileSync(join(directory, "python3.13"), enabled);
  writeFileSync(join(directory, "status"), "enabled\n");
  expect((await listEmulated(directory)).toSorted()).toEqual(["aarch64-linux", "riscv64-linux"]);
});

test("a kernel without such a thing", async () => {
  expect(await listEmulated("/nonexistent")).toEqual([]);
});
