import { setTimeout as sleep } from "node:timers/promises";

// What is in the files already comes in one go; what comes later is new.
const settledMs = 300;

/** Takes lines by file: of those that come at first only the last of each file are given on, of the later ones all. */
export function lastLines(
  count: number,
  show: (file: string, text: string) => void,
): { take(file: string, text: string): void; end(): void } {
  const held = new Map<string, string[]>();
  let holding = true;
  const end = () => {
    if (!holding) return;
    holding = false;
    for (const [file, lines] of held) for (const text of lines) show(file, text);
    held.clear();
  };
  let lastAtMs = performance.now();
  const wait = async () => {
    while (performance.now() - lastAtMs < settledMs) await sleep(settledMs);
    end();
  };
  void wait();
  return {
    take(file, text) {
      if (!holding) return show(file, text);
      lastAtMs = performance.now();
      const lines = held.get(file) ?? [];
      lines.push(text);
      if (lines.length > count) lines.shift();
      held.set(file, lines);
    },
    end,
  };
}
