import { signalGroup } from "./stop.ts";

const living = new Set<number>();
let watching = false;

/** Remembers a process group, so that it does not outlive us when we leave in a hurry. */
export function rememberGroup(pid: number): void {
  living.add(pid);
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    // Not SIGKILL: nix has builders and ssh has masters outside of the group, which only they can end.
    for (const leader of living) signalGroup(leader, "SIGTERM", true);
  });
}

export function forgetGroup(pid: number): void {
  living.delete(pid);
}
