import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { createLima } from "@sysinit/lima-control";

import { dummyTemplate } from "../support/dummy-template.ts";

/** Launches a VM, fills the disk, stops and deletes the VM, and says what is left. Arguments: limactl, LIMA_HOME. */
const [limactl, home] = process.argv.slice(2) as [string, string];
const accelerator = { kind: "tcg", hardware: false, reason: "a fake runs nothing", env: {} } as const;
const lima = createLima({ limactl, home, accelerator });
const vm = await lima.launch({ name: "vm", template: dummyTemplate });
try {
  for (;;) appendFileSync(join(home, "filler"), Buffer.alloc(512));
} catch {
  // It is full.
}
const protectedBy = await vm.protect().catch((error: unknown) => (error as { code: string }).code);
const { state } = await vm.stop();
await vm[Symbol.asyncDispose]();
console.log(
  JSON.stringify({
    protectedBy,
    state,
    left: readdirSync(home),
    locks: readdirSync(join(home, "_sysinit/locks")),
  }),
);
