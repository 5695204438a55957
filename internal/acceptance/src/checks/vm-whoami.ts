import { fail, pass, type Check } from "../check.ts";
import { needGuest } from "../guest-text.ts";

export const vmWhoami: Check = {
  id: "vm.whoami",
  section: "VM Functionality",
  title: 'Inside VM: `whoami` shows "dev"',
  stage: "guest",
  async run({ guest, signal }) {
    const script = 'echo "$(whoami) $HOME $(stat -c %U "$HOME")"';
    const { stdout, stderr } = await needGuest(guest).exec(["sh", "-c", script], { signal });
    const seen = stdout.trim();
    const evidence = seen === "" ? stderr.trim() : `user, home, owner of home: ${seen}`;
    return seen === "dev /home/dev dev" ? pass(evidence) : fail(evidence);
  },
};
