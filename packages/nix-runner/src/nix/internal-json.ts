/**
 * One record of `--log-format internal-json`, as nix wrote it. Numbers that nix does not document are passed on.
 * Source: src/libutil/logging.cc and src/libutil/include/nix/util/logging.hh of nix.
 */
export type NixRecord =
  | {
      action: "start";
      id: string;
      parent: string | undefined;
      type: number;
      text: string;
      fields: readonly RecordField[];
    }
  | { action: "stop"; id: string }
  | { action: "result"; id: string; type: number; fields: readonly RecordField[] }
  | ({ action: "msg" } & NixMessage)
  | { action: "plain"; text: string };

export type RecordField = string | number;

/** What nix says in words. `rawText` is there only for what nix itself reports as an error or warning. */
export interface NixMessage {
  level: number;
  /** Without colours. */
  text: string;
  /** The innermost message without colours, prefix, trace and suggestions. */
  rawText: string | undefined;
  /** Position of an evaluation error: `path:line:column` or a path. */
  file: string | undefined;
  line: number | undefined;
  column: number | undefined;
}

/** Activity types that mean something to a build; others are opaque. */
export const activity = {
  unknown: 0,
  copyPath: 100,
  fileTransfer: 101,
  realise: 102,
  copyPaths: 103,
  builds: 104,
  build: 105,
  substitute: 108,
  queryPathInfo: 109,
  buildWaiting: 111,
} as const;

/** Result types that mean something to a build; others are opaque. */
export const result = {
  buildLogLine: 101,
  setPhase: 104,
  progress: 105,
  setExpected: 106,
  postBuildLogLine: 107,
} as const;

// A service manager's variables make nix put a syslog level before each line.
const recordLine = /^(?:<\d>)?@nix (\{.*)$/;

/**
 * Reads one line of nix's stderr. Never throws: what is no record is plain text.
 * Activity ids are 64 bit (process id in the upper half), which JSON numbers lose: they are quoted first, so ids stay exact.
 * A quote inside a string value is escaped there, so the pattern meets keys only.
 */
export function parseRecord(line: string): NixRecord {
  const json = recordLine.exec(line)?.[1];
  if (json === undefined) return { action: "plain", text: withoutColours(line) };
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/"(id|parent)":(\d+)/g, '"$1":"$2"'));
  } catch {
    return { action: "plain", text: withoutColours(line) };
  }
  return (
    toRecord(value as Readonly<Record<string, unknown>>) ?? { action: "plain", text: withoutColours(line) }
  );
}

function toRecord(value: Readonly<Record<string, unknown>>): NixRecord | undefined {
  const { action, id, type } = value;
  if (action === "msg") {
    if (typeof value["msg"] !== "string") return undefined;
    return {
      action,
      level: numberOf(value["level"]) ?? 0,
      text: withoutColours(value["msg"]),
      rawText: typeof value["raw_msg"] === "string" ? withoutColours(value["raw_msg"]) : undefined,
      file: typeof value["file"] === "string" ? value["file"] : undefined,
      line: numberOf(value["line"]),
      column: numberOf(value["column"]),
    };
  }
  if (typeof id !== "string") return undefined;
  if (action === "stop") return { action, id };
  if (typeof type !== "number") return undefined;
  if (action === "result") return { action, id, type, fields: fieldsOf(value["fields"]) };
  if (action !== "start") return undefined;
  const { parent } = value;
  return {
    action,
    id,
    parent: typeof parent === "string" && parent !== "0" ? parent : undefined,
    type,
    text: typeof value["text"] === "string" ? withoutColours(value["text"]) : "",
    fields: fieldsOf(value["fields"]),
  };
}

function fieldsOf(value: unknown): RecordField[] {
  if (!Array.isArray(value)) return [];
  return value.map((field: unknown) => (typeof field === "number" || typeof field === "string" ? field : ""));
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

// nix colours its messages even with NO_COLOR and without a terminal.
function withoutColours(text: string): string {
  return text.includes("\u001b") ? text.replace(/\u001b\[[0-9;]*m/g, "") : text;
}
