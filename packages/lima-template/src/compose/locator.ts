import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { isScalar } from "yaml";

/** What a `base` or `file` names. */
export type Locator =
  | { kind: "local"; paths: string[] }
  | { kind: "outside"; locator: string }
  /** A `file:` URL that is not `file://` and an absolute path. */
  | { kind: "relative"; locator: string }
  | { kind: "remote"; locator: string };

/** Whether a locator is the name of one of Lima's own templates. */
export const namesTemplate = (locator: string) => locator.startsWith("template:");

const scheme = /^([a-z][a-z0-9+.-]+):/i;

/** Whether a locator is an address rather than a path. */
export const hasScheme = (locator: string) => scheme.test(locator);

/** What is wrong with a `file:` URL of kind "relative", and what to do. */
export const relativeUrl = (locator: string) =>
  [
    `limactl takes no \`file:\` URL like \`${locator}\``,
    "write the path by itself, or `file://` and an absolute path",
  ] as const;

/** The locator that a node is: numbers are text, as for limactl. */
export function locatorIn(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
}

/**
 * Resolves a locator the way limactl does (pkg/limatmpl/abs.go): relative to the file it stands in, without `..`; `~/`
 * and `file://` are local; `template:NAME` is looked up in the template directories given; every other scheme is remote.
 */
export function resolveLocator(
  locator: string,
  inFile: string | undefined,
  templateDirectories: readonly string[],
): Locator {
  const address = scheme.exec(locator);
  if (address !== null) {
    const [before, name] = address;
    if (name?.toLowerCase() === "file") {
      // limactl cuts off these seven characters and decodes nothing.
      const path = locator.replace(/^file:\/\//, "");
      return path.startsWith("/") ? { kind: "local", paths: [path] } : { kind: "relative", locator };
    }
    if (name === "template" && templateDirectories.length > 0) {
      const template = locator.slice(before.length).replace(/^\/\//, "");
      const withExtension = /\.ya?ml$/.test(template) ? template : `${template}.yaml`;
      if (template.split("/").includes("..")) return { kind: "outside", locator };
      return { kind: "local", paths: templateDirectories.map((directory) => join(directory, withExtension)) };
    }
    return { kind: "remote", locator };
  }
  if (locator === "~" || locator.startsWith("~/"))
    return { kind: "local", paths: [join(homedir(), locator.slice(1))] };
  if (locator.startsWith("/")) return { kind: "local", paths: [locator] };
  if (locator.includes("../")) return { kind: "outside", locator };
  return { kind: "local", paths: [resolve(inFile === undefined ? "." : dirname(inFile), locator)] };
}
