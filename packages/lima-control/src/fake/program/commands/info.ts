import { join } from "node:path";

import { directory, limaHome, version } from "../settings.ts";

export function info(): number {
  const agent = (arch: string) => ({
    location: join(directory(), "share/lima", `lima-guestagent.Linux-${arch}.gz`),
  });
  const value = {
    version: version(),
    templates: [],
    limaHome: limaHome(),
    vmTypes: ["qemu"],
    guestAgents: { x86_64: agent("x86_64"), aarch64: agent("aarch64") },
  };
  console.log(JSON.stringify(value, undefined, 4));
  return 0;
}
