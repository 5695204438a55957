import type { BuildEvent } from "@sysinit/nix-runner";

import { replay } from "../../../../packages/nix-runner/test/replay.ts";

/** What a build tells that went as in a capture of nix, with a line each millisecond and its progress after each line. */
export function captureEvents(name: string): BuildEvent[] {
  const progress: BuildEvent[] = [];
  const { events } = replay(name, (state, atMs) =>
    progress.push({ type: "progress", atMs, ...state.progress(atMs) }),
  );
  return [...events, ...progress].toSorted((one, other) => one.atMs - other.atMs);
}
