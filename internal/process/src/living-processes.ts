import type { ChildProcess } from "node:child_process";

import { signalGroup } from "./stop.ts";

const living = new Set<() => void>();
let watching = false;

/** Remembers a process group, so that it does not outlive us when we leave in a hurry; what forgets it again. */
export function rememberGroup(leader: number | undefined): () => void {
  // Not SIGKILL: nix has builders and ssh has masters outside of the group, which only they can end.
  return leader === undefined ? () => {} : remember(() => signalGroup(leader, "SIGTERM", true));
}

/** The same for a single process. */
export function endWithUs(child: ChildProcess): () => void {
  return remember(() => void child.kill("SIGTERM"));
}

function remember(end: () => void): () => void {
  living.add(end);
  if (!watching) {
    watching = true;
    process.on("exit", () => {
      for (const each of living) each();
    });
  }
  return () => void living.delete(end);
}
