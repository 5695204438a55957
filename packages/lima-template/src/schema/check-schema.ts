import type * as z from "zod";
import type { FindingCode } from "../findings/codes.ts";
import { isAtOrBelow, type Path } from "../findings/path.ts";
import { coerce } from "./coerce.ts";
import { knownKeys } from "./known-keys.ts";
import { suggest } from "./suggest.ts";
import { templateSchema, type TemplateValue } from "./template-schema.ts";

/** A fault of shape, by path. */
export interface SchemaFault {
  severity: "error" | "warning";
  code: Extract<FindingCode, "UNKNOWN_KEY" | "MISSING_KEY" | "WRONG_TYPE" | "BAD_VALUE" | "TYPE_COERCED">;
  path: Path;
  message: string;
  hint?: string;
  /** Point at the key rather than at the value. */
  at?: "key";
}

/** The verdict on the shape of plain data. */
export interface SchemaCheck {
  faults: SchemaFault[];
  /**
   * The typed value with everything faulty taken out, so that the rules can look at the rest in the same go. Undefined
   * only where nothing sensible is left.
   */
  value: TemplateValue | undefined;
}

type Issue = z.core.$ZodIssue;

/** Faults uncover others only a few levels down (an entry, its keys, their values). */
const mostRounds = 8;

/**
 * Checks plain data against the schema and reports every fault at once. `sourceOf` gives the text that a scalar was
 * written as, where there is one.
 */
export function checkSchema(
  data: unknown,
  sourceOf: (path: Path) => string | undefined = () => undefined,
): SchemaCheck {
  const faults: SchemaFault[] = [];
  const remaining = structuredClone(data ?? {});
  for (let round = 0; round < mostRounds; round++) {
    const result = templateSchema.safeParse(remaining, { reportInput: true });
    if (result.success) return { faults, value: result.data };
    for (const issue of result.error.issues) settle(remaining, issue, [], faults, sourceOf);
  }
  return { faults, value: undefined };
}

/** Reports one issue, and changes the data so that the next round does not meet it again. */
function settle(
  data: unknown,
  issue: Issue,
  prefix: Path,
  faults: SchemaFault[],
  sourceOf: (path: Path) => string | undefined,
): void {
  const path: Path = [
    ...prefix,
    ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step)),
  ];
  const input = valueAt(data, path);

  if (issue.code === "invalid_union") {
    const branch = likeliestBranch(issue.errors, input);
    for (const inner of branch) settle(data, inner, path, faults, sourceOf);
    return;
  }

  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(templateSchema, path);
    for (const key of issue.keys) {
      const meant = suggest(key, known);
      faults.push({
        severity: "error",
        code: "UNKNOWN_KEY",
        path: [...path, key],
        at: "key",
        message: `unknown key \`${key}\``,
        hint:
          meant === undefined
            ? `known here: ${[...new Set(known)].join(", ")}`
            : `did you mean \`${meant}\`?`,
      });
      removeAt(data, [...path, key]);
    }
    return;
  }

  // A key of a record that is none of those allowed (cpuType by architecture).
  if (issue.code === "invalid_key") {
    const key = String(path.at(-1));
    faults.push({
      severity: "error",
      code: "UNKNOWN_KEY",
      path,
      at: "key",
      message: `unknown key \`${key}\``,
    });
    removeAt(data, path);
    return;
  }

  if (issue.code === "invalid_type") {
    if (input === undefined && path.length > 0 && typeof path.at(-1) === "string") {
      // An entry that was emptied for its type misses everything; that was said.
      const said = faults.some((fault) => fault.code === "WRONG_TYPE" && isAtOrBelow(path, fault.path));
      const message = `\`${String(path.at(-1))}\` is missing`;
      if (!said) faults.push({ severity: "error", code: "MISSING_KEY", path, message });
      setAt(data, path, emptyOf(issue.expected));
      return;
    }
    const coerced = coerce(input, issue.expected, sourceOf(path));
    if (coerced !== undefined) {
      setAt(data, path, coerced.value);
      if (coerced.surprise !== undefined) {
        faults.push({ severity: "warning", code: "TYPE_COERCED", path, ...coerced.surprise });
      }
      return;
    }
    const message = `must be ${typeName(issue.expected)}, is ${nameOf(input)}`;
    const hint = issue.expected === "boolean" ? flagHint(input) : undefined;
    faults.push({
      severity: "error",
      code: "WRONG_TYPE",
      path,
      message,
      ...(hint === undefined ? {} : { hint }),
    });
    substitute(data, path, issue.expected);
    return;
  }

  if (issue.code === "invalid_value") {
    const allowed = issue.values.map(String).filter((value) => value !== "");
    if (typeof input !== "string") {
      faults.push({
        severity: "error",
        code: "WRONG_TYPE",
        path,
        message: `must be one of ${allowed.join(", ")}, is ${nameOf(input)}`,
      });
    } else {
      const meant = suggest(input, allowed);
      const fault: SchemaFault = {
        severity: "error",
        code: "BAD_VALUE",
        path,
        message: `must be one of ${allowed.join(", ")}, is \`${input}\``,
      };
      faults.push(meant === undefined ? fault : { ...fault, hint: `did you mean \`${meant}\`?` });
    }
    substitute(data, path, "string", allowed[0]);
    return;
  }

  faults.push({ severity: "error", code: "BAD_VALUE", path, message: limitMessage(issue, input) });
  substitute(data, path, "array");
}

/** Of the faults of a union's options, those of the option that the input was probably meant for. */
function likeliestBranch(branches: readonly Issue[][], input: unknown): Issue[] {
  const atRoot = (issues: readonly Issue[]) =>
    issues.some((issue) => issue.path.length === 0 && issue.code === "invalid_type");
  const fitting = branches.filter((issues) => !atRoot(issues));
  if (fitting.length > 0) return fitting.reduce((a, b) => (b.length < a.length ? b : a));
  // Numbers and flags are meant as text.
  const scalar = typeof input !== "object";
  return (
    branches.find(
      (issues) => scalar && issues.some((i) => i.code === "invalid_type" && i.expected === "string"),
    ) ??
    branches.at(-1) ??
    []
  );
}

const names: Record<string, string> = {
  string: "text",
  number: "a whole number",
  int: "a whole number",
  boolean: "true or false",
  object: "a mapping",
  record: "a mapping",
  array: "a list",
  tuple: "a list of two numbers",
  null: "empty",
};

const typeName = (expected: string) => names[expected] ?? expected;

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  if (typeof value === "string")
    return `the text \`${value.length > 40 ? `${value.slice(0, 40)}…` : value}\``;
  return `\`${String(value as number | boolean)}\``;
}

function limitMessage(issue: Issue, input: unknown): string {
  const shown = Array.isArray(input) ? `has ${input.length}` : `is ${nameOf(input)}`;
  const what = Array.isArray(input) ? " entries" : "";
  if (issue.code === "too_small")
    return `must ${what ? "have" : "be"} ${issue.minimum} or more${what}, ${shown}`;
  if (issue.code === "too_big")
    return `must ${what ? "have" : "be"} ${issue.maximum} at most${what}, ${shown}`;
  return issue.message.slice(0, 1).toLowerCase() + issue.message.slice(1);
}

/** YAML 1.1 knew more words for true and false than the parsers of limactl do. */
function flagHint(input: unknown): string | undefined {
  const word = typeof input === "string" ? input.toLowerCase() : "";
  if (["yes", "y", "on", "true"].includes(word)) return "write true, without quotes";
  if (["no", "n", "off", "false"].includes(word)) return "write false, without quotes";
  return undefined;
}

function emptyOf(expected: string): unknown {
  if (expected === "string") return "";
  if (expected === "array") return [];
  if (expected === "object" || expected === "record") return {};
  return undefined;
}

type Container = Record<string | number, unknown>;

function containerOf(data: unknown, path: Path): Container | undefined {
  const owner = valueAt(data, path.slice(0, -1));
  return typeof owner === "object" && owner !== null ? (owner as Container) : undefined;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? (value as Container)[step]
        : undefined,
    data,
  );
}

function setAt(data: unknown, path: Path, value: unknown): void {
  const owner = containerOf(data, path);
  const step = path.at(-1);
  if (owner !== undefined && step !== undefined) owner[step] = value;
}

function removeAt(data: unknown, path: Path): void {
  const owner = containerOf(data, path);
  const step = path.at(-1);
  if (owner !== undefined && step !== undefined) Reflect.deleteProperty(owner, step);
}

/** Entries of a list must keep their place, so a faulty one is emptied; a faulty key is taken out. */
function substitute(data: unknown, path: Path, expected: string, instead?: string): void {
  const inList = typeof path.at(-1) === "number";
  if (inList) setAt(data, path, instead ?? emptyOf(expected) ?? 0);
  else if (expected === "string" && instead === undefined) setAt(data, path, "");
  else removeAt(data, path);
}
