import { expect, test } from "vitest";

import { readSshConfig } from "./ssh-config.ts";

// Written by limactl 2.2.0 for a VM under QEMU, with another LIMA_HOME.
const written = `# This SSH config file can be passed to 'ssh -F'.
Host lima-vm
  IdentityFile "/tmp/a home/_config/user"
  StrictHostKeyChecking no
  Ciphers "^aes128-gcm@openssh.com,aes256-gcm@openssh.com"
  User dev
  ControlMaster auto
  ControlPath "/tmp/a home/vm/ssh.sock"
  ControlPersist yes
  Hostname 127.0.0.1
  Port 44717
`;

test("what Lima writes for ssh is read, quotes and all", () => {
  expect(readSshConfig(written)).toEqual({
    host: "lima-vm",
    hostname: "127.0.0.1",
    port: 44_717,
    user: "dev",
    identityFile: "/tmp/a home/_config/user",
    controlPath: "/tmp/a home/vm/ssh.sock",
  });
});
