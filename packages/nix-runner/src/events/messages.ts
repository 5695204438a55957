import type { NixMessage } from "../nix/internal-json.ts";
import { sanitiseLine } from "./sanitise.ts";

const messagesKept = 500;
const longestMessage = 64 * 1024;

/** What nix said in words, within bounds: the oldest is dropped. */
export class Messages {
  /** Errors, warnings and traces in order. */
  readonly kept: NixMessage[] = [];
  /** Lines that were no records: from git, ssh, or a nix that fell over. */
  readonly otherLines: string[] = [];
  readonly #warned = new Set<string>();

  other(text: string): void {
    keep(this.otherLines, sanitiseLine(text));
  }

  /** Keeps a message that matters, and gives the text of a warning that was not told yet. */
  read(message: NixMessage): string | undefined {
    // The level says nothing: a trace is level 0, and through the daemon a warning is, too.
    const kind = /^(error|warning|trace|evaluation warning)\b[^:]*:/.exec(message.text)?.[1];
    if (kind === undefined && message.level > 1) return undefined;
    keep(this.kept, message.text.length > longestMessage ? shortened(message) : message);
    // What ends the build is told by the error that the verb rejects with.
    if (kind === undefined || (kind === "error" && message.rawText !== undefined)) return undefined;
    const text = sanitiseLine(
      message.text.replace(/^(?:evaluation )?warning: /, "").replaceAll(/\s*\n\s*/g, " "),
    );
    if (this.#warned.has(text) || this.#warned.size >= messagesKept) return undefined;
    this.#warned.add(text);
    return text;
  }
}

function shortened(message: NixMessage): NixMessage {
  return {
    ...message,
    text: message.text.slice(0, longestMessage),
    rawText: message.rawText?.slice(0, longestMessage),
  };
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > messagesKept) list.shift();
}
