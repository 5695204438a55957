import { TailBuffer } from "@sysinit-internal/process";

/** How a call into the guest ended. */
export type GuestEnd = { exitCode: number } | "no-directory" | "cut-off" | "not-reached";

// What ssh and login scripts write before the command; more than this of it is of no use to anybody.
const keptBytes = 64 * 1024;

/**
 * Takes the standard error of a call into the guest as it comes, and parts what the command wrote from what the script
 * around it did; see `command-wrapper.ts`. Holds back nothing but what may be the beginning of a marker.
 */
export class MarkerFilter {
  readonly #begin: Buffer;
  readonly #marker: Buffer;
  readonly #before = new TailBuffer(keptBytes);
  #held: Buffer = Buffer.alloc(0);
  #reached = false;
  #end: GuestEnd | undefined;

  constructor(marker: string) {
    this.#begin = Buffer.from(`${marker} begin\n`);
    this.#marker = Buffer.from(`${marker} `);
  }

  /** Returns what of it the command itself wrote. */
  push(chunk: Uint8Array): Uint8Array {
    let text = Buffer.concat([this.#held, chunk]);
    if (!this.#reached) {
      const at = text.indexOf(this.#begin);
      if (at === -1) {
        const keep = Math.min(text.length, this.#begin.length - 1);
        this.#before.push(text.subarray(0, text.length - keep));
        this.#held = text.subarray(text.length - keep);
        return Buffer.alloc(0);
      }
      this.#before.push(text.subarray(0, at));
      this.#reached = true;
      text = text.subarray(at + this.#begin.length);
    }
    const at = text.indexOf(this.#marker);
    if (at === -1) {
      this.#held = suffixThatBegins(this.#marker, text);
      return text.subarray(0, text.length - this.#held.length);
    }
    const newline = text.indexOf("\n", at);
    if (newline === -1) {
      this.#held = text.subarray(at);
      return text.subarray(0, at);
    }
    this.#end = readEnd(text.subarray(at + this.#marker.length, newline).toString());
    this.#held = Buffer.alloc(0);
    return Buffer.concat([text.subarray(0, at), text.subarray(newline + 1)]);
  }

  /** Whether the guest was reached: whatever comes after that is the command's. */
  get reached(): boolean {
    return this.#reached;
  }

  /** What was still held back when the call ended, and is the command's. */
  rest(): Uint8Array {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    if (!this.#reached) this.#before.push(rest);
    return this.#reached && rest.indexOf(this.#marker) === -1 ? rest : Buffer.alloc(0);
  }

  /** What came before the command: of ssh, of limactl, of login scripts. */
  get before(): string {
    return this.#before.toString();
  }

  /** How the call ended, once all of it was pushed. */
  get end(): GuestEnd {
    return this.#end ?? (this.#reached ? "cut-off" : "not-reached");
  }
}

/** The longest end of a text that is a beginning of the marker. */
function suffixThatBegins(marker: Buffer, text: Buffer): Buffer {
  for (let length = Math.min(marker.length - 1, text.length); length > 0; length -= 1) {
    const suffix = text.subarray(text.length - length);
    if (marker.subarray(0, length).equals(suffix)) return suffix;
  }
  return Buffer.alloc(0);
}

function readEnd(said: string): GuestEnd {
  if (said === "no-directory") return "no-directory";
  return /^\d{1,3}$/.test(said) ? { exitCode: Number(said) } : "cut-off";
}
