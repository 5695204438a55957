import { basename } from "node:path";
import { isMap, isScalar, isSeq, YAMLMap, YAMLSeq, Scalar, Pair, type Document, type Node } from "yaml";
import { stacked } from "../document/comments.ts";
import { pairOf } from "../document/locate.ts";
import { parseTemplateDocument, type ParsedDocument } from "../document/parse-template-document.ts";
import type { SourceMap } from "../document/source-map.ts";
import type { FindingCode } from "../findings/codes.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import { formatPath, type Path } from "../findings/path.ts";
import { isAcceptedName, nameHint } from "./accepted-name.ts";
import { combineEntries } from "./combine-entries.ts";
import { embedScripts } from "./embed-scripts.ts";
import { imageTemplate } from "./image-template.ts";
import { hasScheme, locatorIn, namesTemplate, relativeUrl, resolveLocator, type Locator } from "./locator.ts";
import { mergeBaseInto } from "./merge-documents.ts";
import { firstReadable, reasonOf } from "./read-local.ts";

/** What came of composing. */
export interface Composition {
  findings: Finding[];
  /** Something was left for limactl to fetch, so what is missing here may be there. */
  unresolved: boolean;
  /** A base was merged. */
  composed: boolean;
}

/** What composing needs to know. */
export interface ComposeOptions {
  sources: SourceMap;
  /** Where `template:NAME` is looked up, asked for when the first is met; none: such bases are left for limactl. */
  templateDirectories: () => Promise<readonly string[]>;
  /** Called for every file before it is merged. */
  onFile: (document: Document, file: string | undefined) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Resolves the `base` of a document, in place, depth first and in Lima's order. What cannot be had is a finding at the
 * place where it is named. The document has no `base` afterwards, but for what is left for limactl.
 */
export async function composeBases(main: ParsedDocument, options: ComposeOptions): Promise<Composition> {
  const composer = new Composer(options);
  if (main.document !== undefined) {
    await composer.embed(main.document, main.source.file, new Set());
    combineEntries(main.document.contents as Node | null);
  }
  const { findings, unresolved, composed } = composer;
  return { findings, unresolved, composed };
}

/** One `base` as it is written. */
interface BaseEntry {
  locator: string;
  node: Node;
  path: Path;
}

class Composer {
  readonly findings: Finding[] = [];
  unresolved = false;
  composed = false;
  readonly #options: ComposeOptions;

  constructor(options: ComposeOptions) {
    this.#options = options;
  }

  async embed(document: Document, file: string | undefined, seen: Set<string>): Promise<void> {
    const { signal, onFile } = this.#options;
    onFile(document, file);
    const resolve = (locator: string) => this.#resolve(locator, file);
    for (const fault of await embedScripts(document.contents as Node | null, resolve)) {
      if (fault.code === "BASE_NOT_LOCAL") this.unresolved = true;
      this.#report(fault.code, fault.path, fault.node, fault.message, fault.hint);
    }
    const left: Node[] = [];
    for (const entry of takeBases(document)) {
      signal?.throwIfAborted();
      // The order of merging matters: what comes after a base that is not there yet has to wait with it.
      if (left.length > 0) left.push(scalarLike(this.#absolute(entry.locator, file), entry.node));
      else left.push(...(await this.#embedOne(document, file, entry, seen)));
    }
    if (left.length > 0) putBases(document, left);
  }

  /** Merges one base; returns the locators that are left over. */
  async #embedOne(
    document: Document,
    file: string | undefined,
    entry: BaseEntry,
    seen: Set<string>,
  ): Promise<Node[]> {
    const missing = (message: string, hint?: string) => {
      this.unresolved = true;
      this.#report("BASE_NOT_FOUND", entry.path, entry.node, message, hint);
      return [];
    };
    if (entry.locator === "") {
      this.#report("BASE_NOT_FOUND", entry.path, entry.node, "names no template");
      return [];
    }
    const locator = await this.#resolve(entry.locator, file);
    // Whatever is missing below would be missing because of this; one finding says it.
    if (locator.kind === "outside") {
      this.unresolved = true;
      this.#report("BASE_OUTSIDE", entry.path, entry.node, `\`${entry.locator}\` must not have \`..\` in it`);
      return [];
    }
    if (locator.kind === "relative") return missing(...relativeUrl(entry.locator));
    const paths = locator.kind === "local" ? locator.paths : [];
    const image = imageTemplate(hasScheme(entry.locator) ? entry.locator : (paths[0] ?? ""));
    if (image === undefined && locator.kind === "remote") {
      this.unresolved = true;
      this.#report(
        "BASE_NOT_LOCAL",
        entry.path,
        entry.node,
        `\`${entry.locator}\` is left for limactl to fetch`,
      );
      return [scalarLike(entry.locator, entry.node)];
    }
    const [path = entry.locator] = paths;
    if (image === undefined && !isAcceptedName(path)) {
      this.#report(
        "BASE_NAME",
        entry.path,
        entry.node,
        `limactl refuses the file name \`${basename(path)}\``,
        nameHint,
      );
    }
    if (seen.has(path)) {
      this.#report(
        "BASE_LOOP",
        entry.path,
        entry.node,
        `\`${entry.locator}\` is already included`,
        "include it once",
      );
      return [];
    }
    seen.add(path);
    const bytes = image ?? (await firstReadable(paths));
    if (bytes instanceof Error)
      return missing(
        `cannot read ${path}: ${reasonOf(bytes)}`,
        "paths are relative to the file that they stand in",
      );
    return this.#merge(document, parseTemplateDocument(bytes.toString("utf8"), path), path, seen);
  }

  /** Merges what was read; returns the locators that are left over of it. */
  async #merge(document: Document, base: ParsedDocument, path: string, seen: Set<string>): Promise<Node[]> {
    this.findings.push(...base.findings);
    if (base.document === undefined) {
      this.unresolved = true;
      return [];
    }
    this.#options.sources.register(base.document.contents, base.source);
    await this.embed(base.document, path, seen);
    const left = takeBases(base.document).map((one) => one.node);
    if (isMap<Node, Node | null>(base.document.contents)) {
      document.contents ??= new YAMLMap<Node, Node | null>() as never;
      if (isMap<Node, Node | null>(document.contents)) {
        for (const { severity, path: at, node, message, hint } of mergeBaseInto(
          document.contents,
          base.document.contents,
        ))
          this.#report("LISTS_MIXED", at, node, message, hint, severity);
      }
      this.composed = true;
    }
    document.comment = stacked([base.document.comment, document.comment]);
    return left;
  }

  async #resolve(locator: string, file: string | undefined): Promise<Locator> {
    const directories = namesTemplate(locator) ? await this.#options.templateDirectories() : [];
    return resolveLocator(locator, file, directories);
  }

  #absolute(locator: string, file: string | undefined): string {
    const resolved = resolveLocator(locator, file, []);
    return resolved.kind === "local" ? (resolved.paths[0] ?? locator) : locator;
  }

  #report(
    code: FindingCode,
    path: Path,
    node: Node,
    message: string,
    hint?: string,
    severity: Severity = code === "BASE_NOT_LOCAL" ? "warning" : "error",
  ): void {
    const position = this.#options.sources.positionOf(node);
    const finding: Finding = { severity, code, path: formatPath(path), message, ...position };
    this.findings.push(hint === undefined ? finding : { ...finding, hint });
  }
}

/** Takes `base` out of a document. */
function takeBases(document: Document): BaseEntry[] {
  const root = document.contents as Node | null;
  const pair = pairOf(root, "base");
  if (pair === undefined || !isMap<Node, Node | null>(root)) return [];
  const index = root.items.indexOf(pair);
  root.items.splice(index, 1);
  const next = root.items[index];
  // A comment above the first key is about the file.
  if (index === 0 && pair.key.commentBefore && next !== undefined && !root.commentBefore) {
    root.commentBefore = pair.key.commentBefore;
  }
  if (index === 0 && next !== undefined) next.key.spaceBefore = false;
  const nodes = isSeq<Node>(pair.value) ? pair.value.items : pair.value === null ? [] : [pair.value];
  const inList = isSeq(pair.value);
  return nodes.flatMap((node, position) => {
    const written = isMap(node) ? pairOf(node, "url")?.value : node;
    const locator = inList && isScalar(node) && node.value === null ? "" : locatorIn(written);
    if (locator === undefined) return [];
    return [{ locator, node: written as Node, path: inList ? ["base", position] : ["base"] }];
  });
}

function putBases(document: Document, left: Node[]): void {
  if (!isMap<Node, Node | null>(document.contents)) return;
  const list = new YAMLSeq<Node>();
  list.items = left;
  document.contents.items.unshift(new Pair<Node, Node | null>(new Scalar("base"), list));
}

function scalarLike(value: string, node: Node): Scalar {
  return Object.assign(new Scalar(value), { range: node.range ?? null });
}
