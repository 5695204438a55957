import { styleText } from "node:util";

import { isCodedError } from "@sysinit-internal/errors";

import { safeLine } from "./safe-line.ts";

/** An error for a person: what, which, why; the evidence that helps; the hint. A stack only for our own mistakes. */
export function renderFailure(error: unknown, stream: NodeJS.WriteStream): string {
  const title = styleText("red", "error:", { stream });
  if (!isCodedError(error)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `${title} this is a mistake in the program itself, please report it\n${stack}`;
  }
  const lines = [`${title} ${error.message} [${error.code}]`];
  for (const line of evidence(error.details)) lines.push(`  ${safeLine(line)}`);
  if (error.hint !== undefined) lines.push(`${styleText("yellow", "hint:", { stream })} ${error.hint}`);
  return lines.join("\n");
}

const tailLines = 25;

/** The parts of `details` that read well: the log tail and derivation of a build, the log files of a start by path. */
function evidence(details: Readonly<Record<string, unknown>>): string[] {
  const lines: string[] = [];
  const { logTail, drvPath, neededBy, logs } = details;
  if (Array.isArray(logTail)) lines.push(...logTail.slice(-tailLines).map((line) => `> ${String(line)}`));
  if (typeof drvPath === "string") lines.push(`derivation: ${drvPath}`);
  if (typeof neededBy === "string") lines.push(`needed by: ${neededBy}`);
  if (Array.isArray(logs)) lines.push(...logs.map((file) => `log: ${String(file)}`));
  return lines;
}
