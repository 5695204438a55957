import { readdir } from "node:fs/promises";

import { fail, pass, skip, type Check } from "../check.ts";
import { needGuest } from "../guest-text.ts";

export const vmSshKeys: Check = {
  id: "vm.ssh-keys",
  section: "VM Functionality",
  title: "SSH keys from host visible: `ls ~/.ssh/` shows keys",
  stage: "guest",
  async run({ guest, host, signal }) {
    if (host === undefined) return skip("the template does not mount the host's ~/.ssh");
    const onHost = (await readdir(host.sshDirectory).catch(() => [])).sort();
    const { stdout, stderr, exitCode } = await needGuest(guest).exec(["sh", "-c", 'ls -A "$HOME/.ssh"'], {
      signal,
    });
    if (exitCode !== 0) return fail(stderr.trim());
    const inGuest = stdout.split("\n").filter((name) => name !== "");
    const missing = onHost.filter((name) => !inGuest.includes(name));
    if (missing.length > 0) return fail(`not visible in the guest: ${missing.join(", ")}`);
    // The mount hides what the guest had there; that this command ran at all shows that logging in does not need it.
    const keys = onHost.filter((name) => name.endsWith(".pub"));
    return keys.length === 0
      ? skip(`${host.sshDirectory} is mounted, but holds no key on this host`)
      : pass(`${keys.join(", ")} visible, and login still works`);
  },
};
