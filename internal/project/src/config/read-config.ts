import { readFile } from "node:fs/promises";

import { LineCounter, parseDocument } from "yaml";

import { ProjectError } from "../project-error.ts";
import { explain } from "./explain.ts";
import { formatConfigFinding, type ConfigFinding } from "./finding.ts";
import { offsetOf } from "./offset-of.ts";
import { configSchema, type Config } from "./schema.ts";

/** A configuration file that was read, with the place of each value. */
export interface ConfigFile {
  file: string;
  config: Config;
  /** Line and column of the value at a path, or of the nearest thing around it. */
  placeOf(path: readonly PropertyKey[]): { line: number; column: number };
}

/**
 * Reads a configuration file; undefined where there is none.
 *
 * @throws ProjectError CONFIG_UNREADABLE, CONFIG_INVALID
 */
export async function readConfig(file: string): Promise<ConfigFile | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ProjectError({
      code: "CONFIG_UNREADABLE",
      message: `${file} cannot be read: ${(cause as Error).message}`,
      hint: "check its permissions",
      details: { file },
      cause,
    });
  }
  return parseConfig(text, file);
}

/** The same for a text. @throws ProjectError CONFIG_INVALID with every finding */
export function parseConfig(text: string, file: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const placeOf = (path: readonly PropertyKey[]) => at(offsetOf(document, path));
  if (document.errors.length > 0) {
    throw invalid(
      document.errors.map(({ pos, message }) => ({
        file,
        ...at(pos[0]),
        path: "",
        message: message.replace(/\s+/g, " "),
      })),
    );
  }
  const parsed = configSchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (parsed.success) return { file, config: parsed.data, placeOf };
  const findings = parsed.error.issues.flatMap((issue) => explain(issue, document));
  throw invalid(findings.map(({ offset, ...finding }) => ({ file, ...at(offset), ...finding })));
}

function invalid(findings: ConfigFinding[]): ProjectError {
  const lines = findings.map(formatConfigFinding);
  const more = findings.length === 1 ? "" : ` (and ${findings.length - 1} more)`;
  return new ProjectError({
    code: "CONFIG_INVALID",
    message: `${lines[0]}${more}`,
    hint: "lima-cli help config has every key; an editor that knows YAML schemas completes them",
    details: { findings, ...(lines.length > 1 && { logTail: lines }) },
  });
}
