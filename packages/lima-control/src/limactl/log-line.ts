import type { MessageLevel } from "../events/vm-event.ts";

/** A line that limactl wrote to stderr. */
export interface LogLine {
  level: MessageLevel | "fatal";
  text: string;
  /** Whether the host agent wrote it and limactl passed it on. */
  fromHostAgent: boolean;
}

const hostAgentPrefix = "[hostagent] ";

/**
 * Reads one line of `limactl --log-format=json`, or of a host agent's `ha.stderr.log`. Not every line is JSON: texts of
 * ssh, of the instance's `message` and of crashes come as they are and count as information.
 */
export function parseLogLine(line: string): LogLine {
  const entry = parseEntry(line);
  if (entry === undefined) return { level: "info", text: line, fromHostAgent: false };
  const message = String(entry["msg"] ?? "");
  const fromHostAgent = message.startsWith(hostAgentPrefix);
  const text = fromHostAgent ? message.slice(hostAgentPrefix.length) : message;
  const error = entry["error"];
  return {
    level: levelOf(entry["level"]),
    text: typeof error === "string" && error !== "" ? `${text}: ${error}` : text,
    fromHostAgent,
  };
}

/**
 * What limactl gave as the reason of its failure: its fatal line, else what it crashed with, which stands before pages of where it
 * did, else its last error, else the end of its output.
 */
export function failureText(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const parsed = lines.map(parseLogLine);
  const said =
    parsed.findLast((line) => line.level === "fatal") ??
    parsed.find((line) => /^(?:panic|fatal error): /.test(line.text)) ??
    parsed.findLast((line) => line.level === "error");
  return oneLine(said?.text ?? parsed.at(-1)?.text ?? "it wrote no reason");
}

/** A text as one line of bounded length. */
export function oneLine(text: string, maxLength = 400): string {
  const joined = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("; ");
  return joined.length > maxLength ? `${joined.slice(0, maxLength - 1)}…` : joined;
}

function parseEntry(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "msg" in value
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function levelOf(level: unknown): LogLine["level"] {
  switch (level) {
    case "trace":
    case "debug":
      return "debug";
    case "warning":
    case "error":
      return level;
    case "fatal":
    case "panic":
      return "fatal";
    default:
      return "info";
  }
}
