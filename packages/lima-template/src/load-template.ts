import { basename, resolve } from "node:path";
import type { Document } from "yaml";
import { isAcceptedName, nameHint } from "./compose/accepted-name.ts";
import { composeBases } from "./compose/compose-bases.ts";
import { firstReadable, reasonOf } from "./compose/read-local.ts";
import { parseTemplateDocument } from "./document/parse-template-document.ts";
import { positionAt, type Source } from "./document/source.ts";
import { SourceMap } from "./document/source-map.ts";
import { LimaTemplateError } from "./failures/lima-template-error.ts";
import type { Finding } from "./findings/finding.ts";
import { assess } from "./reading/assess.ts";
import { conclude, type TemplateContext, type TemplateReading } from "./reading/read-text.ts";

/** How to load. */
export interface LoadOptions {
  context?: TemplateContext;
  /**
   * Where `base: template:NAME` is looked up, such as `PREFIX/share/lima/templates`. Default: where `limactl` has them.
   */
  templateDirectories?: readonly string[];
  /**
   * The program that is asked where Lima's templates are, when the first is named and `templateDirectories` does not
   * say. Default: none; such a base is left for limactl, with a warning, as it is where there is no such program.
   */
  limactl?: string | undefined;
  /** The environment of `limactl`. Default: our own. */
  env?: Readonly<Record<string, string | undefined>>;
  signal?: AbortSignal;
}

/**
 * Loads a template from a file, merges its `base` files in Lima's order, embeds the scripts that `provision[].file`
 * names, and checks the whole. Findings name the file that they are in. The template's `render()` needs no other file.
 *
 * @throws LimaTemplateError TEMPLATE_UNREADABLE, LIMACTL_FAILED; whatever is wrong inside the file is a finding.
 */
export async function loadTemplate(file: string, options: LoadOptions = {}): Promise<TemplateReading> {
  const bytes = await firstReadable([file]);
  if (bytes instanceof Error) {
    throw new LimaTemplateError({
      code: "TEMPLATE_UNREADABLE",
      message: `cannot read template ${file}: ${reasonOf(bytes)}`,
      hint: "check the path",
      details: { file },
      cause: bytes,
    });
  }
  const parsed = parseTemplateDocument(bytes.toString("utf8"), file);
  const sources = new SourceMap(parsed.source);
  sources.register(parsed.document?.contents, parsed.source);
  const { context = {} } = options;
  if (!isAcceptedName(file)) parsed.findings.push(nameRefused(file, parsed.source));
  const fileFindings: Finding[] = [];
  // Each file is checked by itself as well: merging hides what a template overrides, but Lima reads it all the same.
  const onFile = (document: Document) => {
    fileFindings.push(
      ...assess(document, sources, { limaVersion: context.limaVersion, partial: true }, "file").findings,
    );
  };
  let directories: Promise<readonly string[]> | undefined;
  const composition = await composeBases(parsed, {
    sources,
    templateDirectories: () => (directories ??= directoriesFor(options)),
    onFile,
    signal: options.signal,
  });
  return conclude(parsed, sources, [], context, composition, fileFindings);
}

/** Only a warning: limactl makes no name of the file's when it is given one. */
function nameRefused(file: string, source: Source): Finding {
  return {
    severity: "warning",
    code: "BASE_NAME",
    path: "(template)",
    message: `limactl takes the file name \`${basename(file)}\` only with \`--name\`: it would name the instance`,
    hint: nameHint,
    ...positionAt(source, 0),
  };
}

async function directoriesFor(options: LoadOptions): Promise<readonly string[]> {
  const { templateDirectories, limactl, env = process.env, signal } = options;
  if (templateDirectories !== undefined) return templateDirectories.map((directory) => resolve(directory));
  if (limactl === undefined) return [];
  const ask = await import("./limactl/template-directories.ts");
  return ask.templateDirectories({ limactl, env, signal });
}
