import type { Check } from "../check.ts";
import { judge, needGuest } from "../guest-text.ts";

export const vmUname: Check = {
  id: "vm.uname",
  section: "VM Functionality",
  title: "Inside VM: `uname -a` shows Linux",
  stage: "guest",
  run: async ({ guest, signal }) =>
    judge(await needGuest(guest).exec(["uname", "-a"], { signal }), /^Linux /),
};
