import type { Check } from "../check.ts";
import { judge, needGuest } from "../guest-text.ts";

export const vmShell: Check = {
  id: "vm.shell",
  section: "VM Functionality",
  title: "`limactl shell` connects successfully",
  stage: "guest",
  run: async ({ guest, signal }) =>
    judge(await needGuest(guest).exec(["echo", "connected"], { signal }), /^connected$/m),
};
