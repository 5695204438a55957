import { expect, test } from "vitest";

import { belongsTo } from "./lima-processes.ts";

const dir = "/home/u/my lima/vm";

test.each([
  `/usr/bin/limactl hostagent --pidfile ${dir}/ha.pid --socket ${dir}/ha.sock vm `,
  `qemu-system-x86_64 -m 2048 -pidfile ${dir}/qemu.pid -name lima-vm `,
  `/usr/bin/ssh -F /dev/null -o ControlMaster=auto -o ControlPath="${dir}/ssh.sock" -p 44695 127.0.0.1 -- true `,
  `ssh: ${dir}/ssh.sock [mux] `,
])("%s is one of the instance", (commandLine) => {
  expect(belongsTo(dir, commandLine)).toBe(true);
});

test.each([
  `limactl hostagent --pidfile ${dir}2/ha.pid --socket ${dir}2/ha.sock vm2 `,
  `tail -f ${dir}/serial.log `,
  `vim ${dir}/ssh.sock ${dir}/ha.pid `,
  "",
])("%j is not", (commandLine) => {
  expect(belongsTo(dir, commandLine)).toBe(false);
});
