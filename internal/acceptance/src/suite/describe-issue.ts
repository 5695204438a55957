import { closest } from "@sysinit-internal/project/closest";
import type * as z from "zod";

import { kindNames, type Kind } from "./entries/index.ts";
import type { Fault, Path } from "./fault.ts";
import { keysAt } from "./keys-at.ts";

type Issue = z.core.$ZodIssue;

/** An issue of zod in the words of this project; one may be several faults. `valueAt` gives what is written at a path. */
export function faultsOf(issue: Issue, valueAt: (path: Path) => unknown): Fault[] {
  const { path } = issue;
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(key, path, valueAt));
    case "invalid_union":
      return faultsOfUnion(issue, valueAt);
    case "invalid_value": {
      const given = valueAt(path);
      const allowed = issue.values.map(String);
      if (given === undefined) return [missing(path)];
      return [
        {
          path,
          message: `must be ${allowed.length === 1 ? "" : "one of "}${allowed.join(", ")}, is ${shown(given)}`,
          ...(typeof given === "string" && hintFor(given, allowed)),
        },
      ];
    }
    case "invalid_type": {
      const given = valueAt(path);
      if (given === undefined) return [missing(path)];
      return [{ path, message: `must be ${nameOf(issue.expected)}, is ${shown(given)}` }];
    }
    case "too_small":
    case "too_big": {
      const given = valueAt(path);
      if (Array.isArray(given) || given === "") return [{ path, message: "must not be empty" }];
      const bound =
        issue.code === "too_small"
          ? `${issue.inclusive === false ? "more than " : ""}${issue.minimum}${issue.inclusive === false ? "" : " or more"}`
          : `${issue.maximum} at most`;
      const what = issue.origin === "string" ? `must be ${bound} characters` : `must be ${bound}`;
      return [{ path, message: `${what}, is ${shown(given)}` }];
    }
    default: {
      const given = valueAt(path);
      return [{ path, message: isMapping(given) ? issue.message : `${issue.message}, is ${shown(given)}` }];
    }
  }
}

function unknownKey(key: string, path: Path, valueAt: (path: Path) => unknown): Fault {
  const given = valueAt(path);
  const kinds = isMapping(given) && path[0] === "checks" ? kindNames.filter((kind) => kind in given) : [];
  if (kinds.length > 1 && kinds.includes(key as Kind)) return twoChecks(path, kinds);
  const hint = hintFor(key, keysAt(path, valueAt));
  return { path: [...path, key], at: "key", message: `unknown key \`${key}\``, ...hint };
}

function twoChecks(path: Path, kinds: readonly Kind[]): Fault {
  return { path, message: `${kinds.join(" and ")} are two checks`, hint: "write two entries" };
}

/** Of a union only the branch is told that was meant: the one for the key that makes the kind, else that with the fewest faults. */
function faultsOfUnion(
  issue: Extract<Issue, { code: "invalid_union" }>,
  valueAt: (path: Path) => unknown,
): Fault[] {
  const { path } = issue;
  const given = valueAt(path);
  if (given === undefined) return [missing(path)];
  if (path.length === 2 && path[0] === "checks") {
    if (!isMapping(given))
      return [{ path, message: `must be a mapping with one of ${kindNames.join(", ")}` }];
    const named = kindNames.filter((kind) => kind in given);
    if (named.length === 0)
      return [{ path, message: `is no check: one of ${kindNames.join(", ")} is needed`, ...kindHint(given) }];
    if (named.length > 1) return [twoChecks(path, named)];
    return inside(issue.errors[kindNames.indexOf(named[0]!)] ?? [], path, valueAt);
  }
  const branches = issue.errors.filter((errors) => !errors.some((error) => isOfAnotherKind(error)));
  const best = branches.toSorted((a, b) => weight(a) - weight(b))[0];
  if (best !== undefined) return inside(best, path, valueAt);
  return [{ path, message: `is ${shown(given)}, which is not of any form that is allowed here` }];
}

/** Whether a branch does not even have the kind of value that was given: a text where there is a mapping. */
function isOfAnotherKind(issue: Issue): boolean {
  return issue.code === "invalid_type" && issue.path.length === 0;
}

/** An unknown or a missing key says more against a branch than a value that is wrong. */
function weight(errors: readonly Issue[]): number {
  return errors.reduce(
    (sum, { code }) => sum + (code === "unrecognized_keys" || code === "invalid_type" ? 10 : 1),
    0,
  );
}

function inside(errors: readonly Issue[], path: Path, valueAt: (path: Path) => unknown): Fault[] {
  // A key that is misspelt is also missing; that is one mistake.
  const unknown = errors.filter(({ code }) => code === "unrecognized_keys");
  return (unknown.length > 0 ? unknown : errors).flatMap((error) => {
    return faultsOf({ ...error, path: [...path, ...error.path] } as Issue, valueAt);
  });
}

function kindHint(given: object): { hint?: string } {
  for (const key of Object.keys(given)) {
    const meant = closest(key, kindNames);
    if (meant !== undefined) return { hint: `did you mean \`${meant}\`?` };
  }
  return {};
}

function hintFor(given: string, candidates: readonly string[]): { hint?: string } {
  const meant = closest(given, candidates);
  if (meant !== undefined) return { hint: `did you mean \`${meant}\`?` };
  return candidates.length === 0 ? {} : { hint: `known here: ${candidates.join(", ")}` };
}

function missing(path: Path): Fault {
  return { path, message: `\`${String(path.at(-1))}\` is missing` };
}

function nameOf(type: string): string {
  const names: Record<string, string> = {
    object: "a mapping",
    record: "a mapping",
    array: "a list",
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
  };
  return names[type] ?? type;
}

function shown(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (isMapping(value)) return "a mapping";
  if (typeof value === "string")
    return `the text \`${value.length > 60 ? `${value.slice(0, 60)}…` : value}\``;
  return `\`${String(value)}\``;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
