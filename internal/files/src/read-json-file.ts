import { open } from "node:fs/promises";
import type { z } from "zod";

import { FilesError } from "./files-error.ts";

const largestFileBytes = 4 * 1024 * 1024;

/**
 * Reads a JSON file of ours and checks it. The version of such a file stands in its field `schema`.
 *
 * @throws FilesError FILE_NOT_JSON, FILE_INVALID, or SCHEMA_UNKNOWN when `schema` is a number that the given schema
 *   refuses; the errno error of the system (ENOENT among them) when the file cannot be read.
 */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await readBounded(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FilesError({
      code: "FILE_NOT_JSON",
      message: `${path} is not JSON: ${(cause as Error).message.split("\n")[0]}`,
      hint: "Restore the file or move it away.",
      details: { path },
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;

  const version = (value as { schema?: unknown } | null)?.schema;
  const { issues } = parsed.error;
  if (typeof version === "number" && issues.some((issue) => issue.path[0] === "schema")) {
    throw new FilesError({
      code: "SCHEMA_UNKNOWN",
      message: `${path} has the schema version ${version}, which this version does not know`,
      hint: "It was written by another version of this tool: use that version, or a newer one.",
      details: { path, version },
    });
  }
  const [first] = issues;
  const where = first === undefined || first.path.length === 0 ? "the whole" : first.path.join(".");
  throw new FilesError({
    code: "FILE_INVALID",
    message: `${path} is not what it should be: ${where}: ${first?.message ?? "invalid"}`,
    hint: "Restore the file or move it away.",
    details: {
      path,
      issues: issues.map((issue) => ({ path: issue.path.map(String), message: issue.message })),
    },
    cause: parsed.error,
  });
}

async function readBounded(path: string): Promise<string> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    if (size > largestFileBytes) {
      throw new FilesError({
        code: "FILE_NOT_JSON",
        message: `${path} is too large to be one of our files: ${size} bytes`,
        details: { path, bytes: size },
      });
    }
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}
