import { spawn } from "node:child_process";

import xterm from "@xterm/headless";

/** How a program ended that had a terminal of its own, and what was to be seen in it. */
export interface TerminalRun {
  status: number | null;
  /** All bytes that came. */
  raw: string;
  /** The lines of the screen and of what was scrolled out, without trailing blanks. */
  screen: string[];
  /** Whether a line was too long for the terminal. */
  wrapped: boolean;
  /** The screen at each `mark` of the program, see `markSequence`. */
  marks: string[][];
}

/** What a program writes to have its screen remembered; and to say that it has changed the size of its terminal. */
export const markSequence = (text: string): string => `\u001b]777;${text}\u0007`;

export interface TerminalOptions {
  columns?: number;
  rows?: number;
  env?: Readonly<Record<string, string | undefined>>;
  cwd?: string;
  /** Sees all that came so far; may type. */
  onOutput?: (raw: string, type: (text: string) => void) => void;
}

/** Runs a program in a real terminal (util-linux `script`), and shows what it writes to a terminal emulator. */
export async function inTerminal(
  argv: readonly string[],
  options: TerminalOptions = {},
): Promise<TerminalRun> {
  const { columns = 80, rows = 24, onOutput } = options;
  const command = `stty cols ${columns} rows ${rows}; exec ${argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ")}`;
  const child = spawn("script", ["--quiet", "--return", "--flush", "--command", command, "/dev/null"], {
    cwd: options.cwd,
    env: { ...process.env, TERM: "xterm-256color", SHELL: "/bin/sh", ...options.env, CI: undefined },
  });
  let raw = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    raw += text;
    onOutput?.(raw, (typed) => child.stdin.write(typed));
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { status, raw, ...(await look(raw, columns, rows)) };
}

async function look(
  raw: string,
  columns: number,
  rows: number,
): Promise<Omit<TerminalRun, "status" | "raw">> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const marks: string[][] = [];
  for (const part of raw.split(/(?<=\u001b\]777;[^\u0007]*\u0007)/)) {
    await new Promise<void>((resolve) => terminal.write(part, resolve));
    const [, mark] = /\u001b\]777;([^\u0007]*)\u0007$/.exec(part) ?? [];
    if (mark?.startsWith("columns ")) terminal.resize(Number(mark.slice(8)), rows);
    else if (mark !== undefined) marks.push(linesOf(terminal).map(({ text }) => text));
  }
  const lines = linesOf(terminal);
  return { screen: lines.map(({ text }) => text), wrapped: lines.some((line) => line.wrapped), marks };
}

function linesOf(terminal: xterm.Terminal): { text: string; wrapped: boolean }[] {
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, index) => active.getLine(index)!).map((line) => ({
    text: line.translateToString(true),
    wrapped: line.isWrapped,
  }));
  return lines.slice(0, lines.findLastIndex(({ text }) => text !== "") + 1);
}
