import type { StoreEvent } from "@sysinit/image-store";

import { formatSeconds } from "../units.ts";
import { amountText, remainingMs, remainingText, speedText } from "./amount.ts";
import { RateMeter } from "./rate-meter.ts";

/** What grows while a verb of the store works. */
const works = {
  copy: "copying",
  hash: "reading",
  convert: "writing the raw disk",
  download: "downloading",
  upload: "sending",
} as const;

/** What a person sees of a verb of the store: events in, text out. */
export class StoreView {
  #text = "";
  #work: keyof typeof works | undefined;
  #meter = new RateMeter();

  take(event: StoreEvent): void {
    switch (event.type) {
      case "waiting-for-lock": {
        const holder = event.holderPid === undefined ? "" : ` (process ${event.holderPid})`;
        this.#text = `waiting for the store${holder}`;
        break;
      }
      case "found":
        this.#text = "looking whether the store has it";
        break;
      case "copy":
      case "hash":
      case "convert":
      case "download":
      case "upload":
        this.#grow(event);
        break;
      case "restart":
        this.#meter = new RateMeter();
        break;
      case "retry":
        this.#meter = new RateMeter();
        this.#text = `again in ${formatSeconds(event.delayMs / 1000)}`;
        break;
      case "cloned":
      case "warning":
      case "published":
      case "removed":
        break;
    }
  }

  /** What is done now, how much of it, how fast, and what is left. */
  headline(): string {
    return this.#text;
  }

  #grow({ type, atMs, doneBytes, totalBytes }: Growth): void {
    if (type !== this.#work) {
      this.#work = type;
      this.#meter = new RateMeter();
    }
    this.#meter.take(atMs, doneBytes);
    const amount = { doneBytes, totalBytes, bytesPerSecond: this.#meter.perSecond };
    const left = remainingMs(amount);
    const parts = [
      `${works[type]} ${amountText(amount)}`,
      speedText(amount),
      left === undefined || left === 0 ? undefined : remainingText(left),
    ];
    this.#text = parts.filter((part) => part !== undefined).join(" · ");
  }
}

type Growth = Extract<StoreEvent, { type: keyof typeof works }>;
