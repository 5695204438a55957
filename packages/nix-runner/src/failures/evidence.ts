import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { BuildState } from "../events/build-state.ts";
import { flakeDirectory } from "../nix/flake-directory.ts";
import type { NixMessage } from "../nix/internal-json.ts";
import type { Complaint, FailureEvidence } from "./failure.ts";

/** Puts together what is known after nix has failed. */
export function gatherEvidence(
  state: BuildState,
  facts: Pick<FailureEvidence, "installable" | "maxSilentMs" | "hasResult">,
): FailureEvidence {
  const complaints = state.messages.filter(isComplaint).map(toComplaint);
  return {
    ...facts,
    complaints,
    talk: [
      ...state.messages.filter((message) => !isComplaint(message)).map(({ text }) => text),
      ...state.otherLines,
    ],
    realising: state.realising,
    evaluated: state.evaluated,
    started: state.started,
    logTail: (drvPath) => state.logs.of(drvPath),
    originalOf: (storeFile) => originalOf(storeFile, flakeDirectory(state.evaluated)),
  };
}

// nix strips `raw_msg` from what a builder injects, so an injected "error:" is never one of these.
function isComplaint({ level, text, rawText }: NixMessage): boolean {
  return (
    level === 0 &&
    rawText !== undefined &&
    /^error(?: \(|:)/.test(text) &&
    !text.startsWith("error (ignored)")
  );
}

function toComplaint({ text, rawText, file, line, column }: NixMessage): Complaint {
  // Versions differ in whether `file` has line and column in it.
  const position =
    file === undefined || file.startsWith("«")
      ? undefined
      : /:\d+:\d+$/.test(file) || line === undefined
        ? file
        : [file, line, ...(column === undefined ? [] : [column])].join(":");
  // From 2.30 on more and more paths stand in double quotes; in single ones every version reads the same.
  const raw = rawText!.trim().replaceAll(/"(\/[^"\n]+)"/g, "'$1'");
  return { raw, whole: text.trim(), position };
}

// Older versions name the copy in the store. The flake's inputs are copies, too, so only the same text will do.
function originalOf(storeFile: string, directory: string | undefined): string | undefined {
  const inside = /^\/nix\/store\/[^/]+\/(.+)$/.exec(storeFile)?.[1];
  if (inside === undefined || directory === undefined) return undefined;
  const original = join(directory, inside);
  try {
    return readFileSync(storeFile).equals(readFileSync(original)) ? original : undefined;
  } catch {
    return undefined;
  }
}
