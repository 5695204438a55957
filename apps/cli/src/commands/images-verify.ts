import { imagesDirectory, verifyImage, verifyImages, type VerifyResult } from "@sysinit/image-store";
import { exitCodes, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";

/** Reads images to their end, also those whose record is damaged, and looks where the latest links lead; status 1 for a bad one. */
export async function imagesVerify(
  context: CommandContext,
  name: string | undefined,
  { generation }: { generation?: number },
): Promise<number> {
  const { output } = context;
  const step = output.step(`verify ${name ?? "all images"}`);
  let results: VerifyResult[];
  try {
    results = await verify(context, name, generation, narrateStore(step));
  } catch (error) {
    step.failed();
    throw error;
  }
  const bad = results.filter(({ ok }) => !ok).length;
  if (bad === 0) step.done(`${results.length} whole`);
  else step.failed(`${bad} of ${results.length} bad`);
  output.list(results, results.map(lineOf).join("\n"));
  return bad === 0 ? exitCodes.ok : exitCodes.failed;
}

async function verify(
  context: CommandContext,
  name: string | undefined,
  generation: number | undefined,
  onEvent: ReturnType<typeof narrateStore>,
): Promise<VerifyResult[]> {
  const { signal } = context;
  const directory = imagesDirectory(context);
  if (name !== undefined && generation !== undefined)
    return [await verifyImage({ directory, name, generation, signal, onEvent })];
  const results = await verifyImages({ directory, name, signal, onEvent });
  // A name that is not there fails here, with the names that are.
  if (name !== undefined && results.length === 0) await verifyImage({ directory, name });
  return results;
}

function lineOf({ image, ok, problems }: VerifyResult): string {
  return ok ? `ok  ${image.file}` : `BAD ${image.file}: ${problems.join("; ")}`;
}
