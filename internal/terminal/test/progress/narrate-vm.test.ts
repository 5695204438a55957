import type { VmEvent } from "@sysinit/lima-control";
import { expect, it } from "vitest";

import { narrateVm } from "../../src/index.ts";
import { silentStep } from "../../src/step.ts";

type Message = Extract<VmEvent, { type: "message" }>;

it("warnings of limactl are shown once, and not those about how emulation was chosen", () => {
  const notes: string[] = [];
  const logs: string[] = [];
  const narrate = narrateVm({
    ...silentStep,
    note: (text) => void notes.push(text),
    log: (text) => void logs.push(text),
  });
  const texts = [
    "field `mounts[0].location` refers to a non-existent directory: `/home/me/.ssh`",
    "Specifying args ([-machine q35,accel=tcg -cpu max]) via $QEMU_SYSTEM_X86_64 is supported only for debugging!",
    "Not adding QEMU argument `-cpu` `host`, as it conflicts with `-cpu` `max`",
  ];
  for (const text of [...texts, texts[0]])
    narrate({ type: "message", level: "warning", text, atMs: 0 } as unknown as Message);
  expect(notes).toEqual([`limactl: ${texts[0]}`]);
  expect(logs).toEqual([`limactl: ${texts[1]}`, `limactl: ${texts[2]}`]);
});
