import type { TemplateValue } from "../schema/template-schema.ts";
import { piecesOf, type Piece } from "./pieces.ts";

/** Whose fields a text has. */
export type Side = "guest" | "host";

/** The fields that Lima fills in (pkg/limayaml/defaults.go). */
export const fieldsOf: Record<Side, readonly string[]> = {
  guest: ["Name", "Hostname", "UID", "User", "Home", "Param"],
  host: ["Dir", "Name", "UID", "User", "Home", "Param", "GlobalTempDir", "TempDir", "Instance", "LimaHome"],
};

/** Those that hold an absolute path. */
const pathFields: Record<Side, readonly string[]> = {
  guest: ["Home"],
  host: ["Dir", "Home", "GlobalTempDir", "TempDir", "LimaHome"],
};

/**
 * Fills in the fields of a text as far as the template tells them. What only the host knows stays, and so do a parameter
 * that is not defined and whatever takes more than looking up; any other field becomes `<no value>`, as in Go. A text
 * that Go cannot read is left alone, as Lima does.
 */
export function fill(text: string, template: TemplateValue, side: Side): string {
  return filled(text, template, side)
    .map((piece) => (piece.kind === "text" ? piece.text : `{{${piece.text}}}`))
    .join("");
}

/** The same in pieces: actions are what could not be filled in. */
export function filled(text: string, template: TemplateValue, side: Side): Piece[] {
  const asItIs: Piece[] = text === "" ? [] : [{ kind: "text", text }];
  if (!text.includes("{{")) return asItIs;
  const pieces = piecesOf(text);
  if (!Array.isArray(pieces) || pieces.some((piece) => goesInto(piece, side))) return asItIs;
  const result: Piece[] = [];
  for (const piece of pieces) {
    const value = piece.kind === "text" ? piece.text : valueOf(piece.text, template, side);
    const last = result.at(-1);
    if (value === undefined) result.push(piece);
    else if (last?.kind === "text") last.text += value;
    else if (value !== "") result.push({ kind: "text", text: value });
  }
  return result;
}

/** Whether an action asks for a field of a text or a number, at which Go fails. */
function goesInto({ kind, text }: Piece, side: Side): boolean {
  const [, name = "", inner] = kind === "action" ? (/^\.(\w+)\.\w+(\.\w+)*$/.exec(text) ?? []) : [];
  return fieldsOf[side].includes(name) && (name !== "Param" || inner !== undefined);
}

function valueOf(action: string, template: TemplateValue, side: Side): string | undefined {
  const [, isParam, name] = /^\.(Param\.)?(\w+)$/.exec(action) ?? [];
  if (name === undefined) return /^(\.\w+)+$/.test(action) ? "<no value>" : textOf(action);
  const { param = {}, user = {} } = template;
  if (isParam !== undefined) return Object.hasOwn(param, name) ? param[name] : undefined;
  if (!fieldsOf[side].includes(name)) return "<no value>";
  if (side === "host") return name === "GlobalTempDir" ? "/tmp" : undefined;
  if (name === "User") return user.name;
  if (name === "UID") return user.uid?.toString();
  return name === "Home" && user.home !== undefined ? fillHome(user.home, template) : undefined;
}

function fillHome(home: string, template: TemplateValue): string {
  const { home: _itself, ...user } = template.user ?? {};
  return fill(home, { ...template, user }, "guest");
}

/** The text that an action is: `{{"{{"}}` is two braces. */
function textOf(action: string): string | undefined {
  const [, raw, quoted] = /^(?:printf?\s+)?(?:`([^`]*)`|("[^%]*"))$/.exec(action) ?? [];
  if (raw !== undefined || quoted === undefined) return raw;
  try {
    return JSON.parse(quoted) as string;
  } catch {
    // Escapes that Go has and JSON has not.
    return undefined;
  }
}

/** Whether a text is an absolute path once Lima has filled it in; also where that cannot be told. */
export function mayBeAbsolute(text: string, template: TemplateValue, side: Side): boolean {
  const [first] = filled(text, template, side);
  if (first?.kind !== "action") return first?.text.startsWith("/") === true;
  const [, name] = /^\.(\w+)$/.exec(first.text) ?? [];
  return name === undefined || pathFields[side].includes(name);
}
