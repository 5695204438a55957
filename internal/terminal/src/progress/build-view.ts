import type { BuildEvent, BuildPhase, BuildProgress } from "@sysinit/nix-runner";

import { safeLine } from "../safe-line.ts";
import { formatBytes, formatSeconds } from "../units.ts";
import { amountText, remainingText, speedText } from "./amount.ts";

const phases = {
  evaluate: "evaluating",
  query: "asking what is there already",
  fetch: "downloading",
  build: "building",
  "find-image": "looking for the image",
  copy: "copying the image here",
  done: "done",
} as const satisfies Record<BuildPhase, string>;

/** What a person sees of a nix build: events in, text out. */
export class BuildView {
  #phase: BuildPhase = "evaluate";
  #progress: BuildProgress | undefined;
  #waitsFor: string | undefined;
  /** The last line that each running builder wrote. */
  readonly #lastLines = new Map<string, string>();

  take(event: BuildEvent): void {
    switch (event.type) {
      case "phase":
        this.#phase = event.phase;
        this.#waitsFor = undefined;
        break;
      case "progress":
        this.#progress = event;
        if (event.running.length > 0 || event.transfers.length > 0) this.#waitsFor = undefined;
        break;
      case "log":
        this.#lastLines.set(event.drvPath, event.line);
        break;
      case "build-started":
        this.#waitsFor = undefined;
        break;
      case "build-finished":
        this.#lastLines.delete(event.drvPath);
        // The next progress may come a while later.
        if (this.#progress !== undefined) {
          const running = this.#progress.running.filter(({ drvPath }) => drvPath !== event.drvPath);
          this.#progress = { ...this.#progress, running };
        }
        break;
      case "waiting":
        this.#waitsFor = event.text;
        break;
      case "warning":
        break;
    }
  }

  /** All of it in one line, what matters most first: what is done, totals, speed, what is left. */
  headline(): string {
    const parts: (string | undefined)[] = [this.#waitsFor ?? phases[this.#phase]];
    const progress = this.#progress;
    if (progress !== undefined) {
      if (progress.buildsTotal > 0) parts.push(`built ${progress.built} of ${progress.buildsTotal}`);
      const amount = amountOf(progress);
      if (amount.doneBytes > 0 || amount.totalBytes !== undefined) {
        parts.push(`downloaded ${amountText(amount)}`, speedText(amount));
      }
      if (progress.remainingMs !== undefined && progress.remainingMs > 0)
        parts.push(remainingText(progress.remainingMs));
    }
    return parts.filter((part) => part !== undefined).join(" · ");
  }

  /** One line for each running build and each transfer, at most `most`; then how many more there are. */
  lines(most: number): string[] {
    if (this.#progress === undefined || this.#phase === "done") return [];
    const { running, transfers } = this.#progress;
    const all = [
      ...running.map((build) => this.#buildLine(build)),
      ...transfers.map((transfer) => transferLine(transfer)),
    ];
    const shown = all.length > most ? all.slice(0, most - 1) : all;
    return all.length > shown.length ? [...shown, `and ${all.length - shown.length} more`] : shown;
  }

  /** For the end: "3 derivations, 33 MiB downloaded"; empty when there was nothing to do. */
  summary(): string {
    const { built = 0, downloadedBytes = 0 } = this.#progress ?? {};
    const parts = [
      ...(built > 0 ? [built === 1 ? "1 derivation" : `${built} derivations`] : []),
      ...(downloadedBytes > 0 ? [`${formatBytes(downloadedBytes)} downloaded`] : []),
    ];
    return parts.join(", ");
  }

  #buildLine({
    drvPath,
    name,
    phase,
    machine,
    elapsedMs,
    usualMs,
  }: BuildProgress["running"][number]): string {
    const usual = usualMs === undefined ? "" : ` of about ${formatSeconds(usualMs / 1000)}`;
    const parts = [
      `⚙ ${name}${phase === undefined ? "" : ` [${phase}]`}${machine === undefined ? "" : ` on ${machine}`}`,
      `${formatSeconds(elapsedMs / 1000)}${usual}`,
    ];
    const said = safeLine(this.#lastLines.get(drvPath) ?? "").trim();
    return [...parts, ...(said === "" ? [] : [said])].join(" · ");
  }
}

function transferLine({ direction, name, url, ...amount }: BuildProgress["transfers"][number]): string {
  const [arrow, preposition] = direction === "in" ? ["↓", "from"] : ["↑", "to"];
  return `${arrow} ${name} · ${amountText(amount)} · ${preposition} ${hostOf(url)}`;
}

// The rest of the address of a cache is hashes.
const hostOf = (url: string) => URL.parse(url)?.host || url;

function amountOf({ downloadedBytes, downloadTotalBytes, downloadBytesPerSecond }: BuildProgress) {
  return {
    doneBytes: downloadedBytes,
    totalBytes: downloadTotalBytes,
    bytesPerSecond: downloadBytesPerSecond,
  };
}
