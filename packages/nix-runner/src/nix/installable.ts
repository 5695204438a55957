/** What is asked of nix, taken apart. */
export interface Installable {
  /** As nix gets it, with the output. */
  argument: string;
  /** The flake, as `.` or `github:owner/repository`; undefined for a derivation in the store. */
  flakeReference: string | undefined;
  /** The attribute path in the flake without outputs; undefined for the default or a derivation in the store. */
  attribute: string | undefined;
}

const controlCharacter = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Why a text cannot be given to nix as an installable, in half a sentence; undefined when it can. */
export function whyNotInstallable(text: string): { why: string; hint: string } | undefined {
  const hint = "use FLAKE#ATTRIBUTE, as in .#packages.x86_64-linux.image";
  if (text.trim() === "") return { why: "it is empty", hint };
  if (controlCharacter.test(text)) return { why: "it holds a control character", hint };
  if (text.startsWith("-")) return { why: "it starts with a dash, like an option", hint };
  if (text !== text.trim()) return { why: "it starts or ends with a space", hint };
  if (isStorePath(text) && !/\.drv(\^.*)?$/.test(text)) {
    return { why: "it names a store path, which is built already", hint: "look into it with findImage" };
  }
  return undefined;
}

/**
 * Takes an installable apart and asks for its output `out` when it names no outputs (a derivation may have debug
 * or documentation outputs that nobody needs). A space in a `path:` reference is written as nix wants it.
 */
export function parseInstallable(text: string): Installable {
  const { base, outputs } = splitOutputs(text);
  const hash = base.indexOf("#");
  const reference = hash === -1 ? base : base.slice(0, hash);
  const attribute = hash === -1 ? "" : base.slice(hash + 1);
  if (isStorePath(base)) {
    return { argument: base + (outputs ?? "^out"), flakeReference: undefined, attribute: undefined };
  }
  const flakeReference = encodeSpaces(reference === "" ? "." : reference);
  return {
    argument: `${flakeReference}${hash === -1 ? "" : `#${attribute}`}${outputs ?? "^out"}`,
    flakeReference,
    attribute: attribute === "" ? undefined : attribute,
  };
}

function splitOutputs(text: string): { base: string; outputs: string | undefined } {
  const match = /^(.*?)(\^(?:\*|[A-Za-z0-9._,+-]+))$/.exec(text);
  return match === null ? { base: text, outputs: undefined } : { base: match[1]!, outputs: match[2]! };
}

// A plain path may hold spaces, a URL may not.
function encodeSpaces(reference: string): string {
  return /^[a-z][a-z0-9+.-]*:/.test(reference) ? reference.replaceAll(" ", "%20") : reference;
}

function isStorePath(text: string): boolean {
  return /^\/nix\/store\/[0-9a-z]{32}-[^/#]*$/.test(text);
}
