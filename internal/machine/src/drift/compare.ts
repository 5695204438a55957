import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";

import type { MadeOf } from "../record/machine-record.ts";
import { needsOf, type Needs } from "./needs.ts";

/** One thing that is no longer as it was when the VM was made. */
export interface Change {
  /** "image", "flake", "checks", or a key of the template. */
  what: string;
  needs: Needs;
  /** One line for people: `cpus: 2 → 4`. */
  text: string;
}

/** What has changed between what a VM was made of and what is wanted now; empty when nothing has. */
export function compareMachines(made: MadeOf, wanted: MadeOf): Change[] {
  return [
    ...imageChanges(made, wanted),
    ...templateChanges(made.template, wanted.template),
    ...checkChanges(made, wanted),
  ];
}

function imageChanges(made: MadeOf, wanted: MadeOf): Change[] {
  if (made.image.reference !== wanted.image.reference) {
    const named = (reference: string | null) => reference ?? "the default";
    return [
      {
        what: "image",
        needs: "new-vm",
        text: `image: ${named(made.image.reference)} → ${named(wanted.image.reference)}`,
      },
    ];
  }
  const files = changedFiles(made.flakeFiles, wanted.flakeFiles);
  if (files.length > 0) {
    const more = files.length > 3 ? ` and ${files.length - 3} more` : "";
    return [
      { what: "flake", needs: "new-vm", text: `flake: ${files.slice(0, 3).join(", ")}${more} changed` },
    ];
  }
  const [was, is] = [made.image, wanted.image];
  if (is.sha256 === undefined || was.sha256 === undefined || is.sha256 === was.sha256) return [];
  const generations =
    was.stored === undefined || is.stored === undefined
      ? ""
      : `: generation ${was.stored.generation} → ${is.stored.generation}`;
  return [{ what: "image", needs: "new-vm", text: `image ${is.stored?.name ?? ""}${generations}` }];
}

function changedFiles(before: Record<string, string>, after: Record<string, string>): string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return paths.filter((path) => before[path] !== after[path]).map((path) => basename(path));
}

function templateChanges(before: Record<string, unknown>, after: Record<string, unknown>): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => key !== "images",
  );
  return keys
    .filter((key) => !isDeepStrictEqual(before[key], after[key]))
    .map((key) => ({
      what: key,
      needs: needsOf(key, before[key], after[key]),
      text: changeText(key, before[key], after[key]),
    }));
}

function checkChanges(made: MadeOf, wanted: MadeOf): Change[] {
  if (isDeepStrictEqual(made.checks, wanted.checks)) return [];
  return [{ what: "checks", needs: "nothing", text: "checks changed" }];
}

function changeText(key: string, before: unknown, after: unknown): string {
  const isShort = (value: unknown) =>
    value === undefined || ["string", "number", "boolean"].includes(typeof value);
  const shown = (value: unknown) =>
    value === undefined ? "not set" : String(value).split("\n")[0]!.slice(0, 60);
  return isShort(before) && isShort(after) ? `${key}: ${shown(before)} → ${shown(after)}` : `${key} changed`;
}
