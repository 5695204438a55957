import type { Check } from "../check.ts";
import { judge, needGuest } from "../guest-text.ts";

export const vmSudo: Check = {
  id: "vm.sudo",
  section: "VM Functionality",
  title: "Inside VM: `sudo echo test` works (passwordless)",
  stage: "guest",
  run: async ({ guest, signal }) =>
    judge(await needGuest(guest).exec(["sudo", "-n", "echo", "test"], { signal }), /^test$/m),
};
