import { fail, pass, type Check } from "../check.ts";
import { needGuest } from "../guest-text.ts";

const tools = ["vim", "git", "curl", "wget"];

export const vmTools: Check = {
  id: "vm.tools",
  section: "VM Functionality",
  title: "Inside VM: `which vim git curl wget` all found",
  stage: "guest",
  async run({ guest, signal }) {
    const script = 'for tool; do command -v "$tool" || echo "missing: $tool"; done';
    const result = await needGuest(guest).exec(["sh", "-c", script, "sh", ...tools], { signal });
    const lines = result.stdout.trim().split("\n");
    const found = lines.length === tools.length && lines.every((line) => line.startsWith("/"));
    return result.exitCode === 0 && found
      ? pass(lines.join(" "))
      : fail(result.stdout.trim() || result.stderr.trim());
  },
};
