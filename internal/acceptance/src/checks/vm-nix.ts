import type { Check } from "../check.ts";
import { judge, needGuest } from "../guest-text.ts";

export const vmNix: Check = {
  id: "vm.nix",
  section: "VM Functionality",
  title: "Inside VM: `nix --version` shows nix command available",
  stage: "guest",
  run: async ({ guest, signal }) =>
    judge(await needGuest(guest).exec(["nix", "--version"], { signal }), /^nix \(.+\) \d+\.\d+/),
};
