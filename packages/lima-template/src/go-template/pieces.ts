/** A piece of a text that goes through Go's text/template: text as it is, or what stands between two pairs of braces. */
export interface Piece {
  kind: "text" | "action";
  text: string;
}

/** Why Go takes a text for no template. */
export type Refusal =
  | { kind: "unclosed" }
  /** A function that there is not. */
  | { kind: "function"; name: string }
  /** Something else that Go cannot read, or an `end` or `else` of nothing. */
  | { kind: "action"; text: string }
  /** An `if` and the like without `end`. */
  | { kind: "end" };

/** What Go knows by itself; Lima adds no functions. */
const words = new Set(
  (
    "and break call continue define block else end eq false ge gt html if index js le len lt ne nil not or print " +
    "printf println range slice template true urlquery with"
  ).split(" "),
);

const quoted = /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'/.source;
const word = String.raw`(?:\w|[^\x00-\x7f])*`;
const withinAction = new RegExp(`[^"'\`}]+|${quoted}|\\}(?!\\})`, "y");
const comment = /(?:-[ \t\r\n])?\/\*(?:[^*]|\*(?!\/))*\*\/([ \t\r\n]-)?\}\}/y;
const token = new RegExp(
  String.raw`[ \t\r\n]+|${quoted}|[-+]?(?:\d|\.\d)[\w.+-]*|[.$]${word}|((?:[A-Za-z_]|[^\x00-\x7f])${word})|:?=|[|(),]`,
  "y",
);

/** Takes a text apart as Go does, without the comments and the blanks that `{{-` and `-}}` take away. */
export function piecesOf(text: string): Piece[] | Refusal {
  const pieces: Piece[] = [];
  let at = 0;
  let trims = false;
  let depth = 0;
  const addText = (end: number, trimsEnd: boolean) => {
    let piece = text.slice(at, end);
    if (trims) piece = piece.replace(/^[ \t\r\n]+/, "");
    if (trimsEnd) piece = withoutBlanksBehind(piece);
    if (piece !== "") pieces.push({ kind: "text", text: piece });
  };
  for (let open = text.indexOf("{{"); open !== -1; open = text.indexOf("{{", at)) {
    const start = open + 2;
    const trimsBefore = /^-[ \t\r\n]/.test(text.slice(start, start + 2));
    addText(open, trimsBefore);
    comment.lastIndex = start;
    const remark = comment.exec(text);
    if (remark !== null) {
      at = comment.lastIndex;
      trims = remark[1] !== undefined;
      continue;
    }
    const end = endOfAction(text, start);
    if (!text.startsWith("}}", end)) return { kind: "unclosed" };
    trims = /[ \t\r\n]-$/.test(text.slice(Math.max(start, end - 2), end));
    const action = text.slice(trimsBefore ? start + 1 : start, trims ? end - 1 : end).trim();
    if (action === "") return { kind: "unclosed" };
    const inBlock = depth > 0;
    depth += opens(action);
    if (!inBlock && /^(?:end|else)\b/.test(action)) return { kind: "action", text: action };
    const refusal = refusalOf(action);
    if (refusal !== undefined) return refusal;
    pieces.push({ kind: "action", text: action });
    at = end + 2;
  }
  addText(text.length, false);
  return depth > 0 ? { kind: "end" } : pieces;
}

function endOfAction(text: string, start: number): number {
  let at = start;
  withinAction.lastIndex = at;
  while (withinAction.test(text)) at = withinAction.lastIndex;
  return at;
}

/** Not by a regular expression: for many blanks in a row it takes the square of their number. */
function withoutBlanksBehind(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r\n".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function opens(action: string): number {
  if (/^end\b/.test(action)) return -1;
  return /^(?:if|range|with|define|block)\b/.test(action) ? 1 : 0;
}

function refusalOf(action: string): Refusal | undefined {
  token.lastIndex = 0;
  while (token.lastIndex < action.length) {
    const found = token.exec(action);
    if (found === null) return { kind: "action", text: action };
    const [, name] = found;
    if (name !== undefined && !words.has(name)) return { kind: "function", name };
  }
  return undefined;
}
