import { readJsonFile, writeFileAtomic } from "@sysinit-internal/files";
import { z } from "zod";

import type { HttpAnswer } from "../http/http-messages.ts";

/** What is known of a download that is not finished: by that the server is asked for the rest of the same file. */
const partRecordSchema = z.object({
  schema: z.literal(1),
  /** Where it comes from, without credentials and query. */
  url: z.string(),
  /** For If-Range: a strong ETag, else the Last-Modified date. */
  validator: z.string().optional(),
  totalBytes: z.int().nonnegative().optional(),
});
export type PartRecord = z.output<typeof partRecordSchema>;

/** The record beside a part; undefined when there is none that can be read. */
export async function readPartRecord(path: string): Promise<PartRecord | undefined> {
  return await readJsonFile(path, partRecordSchema).catch(() => undefined);
}

export async function writePartRecord(path: string, record: PartRecord): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(record)}\n`, { mode: 0o600 });
}

/** What tells by If-Range whether a file is still the same (RFC 9110, 13.1.5): a weak ETag does not. */
export function validatorOf(answer: Pick<HttpAnswer, "header">): string | undefined {
  const etag = answer.header("etag");
  if (etag !== undefined && /^"[^"]*"$/.test(etag)) return etag;
  return answer.header("last-modified");
}
