import { hostname, userInfo } from "node:os";

/** Who makes a VM, for `list`: user and machine. */
export function machineOwner(): string {
  return `${userInfo().username}@${hostname()}`;
}
