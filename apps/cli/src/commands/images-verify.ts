import { imagesDirectory, listImages, verifyImage } from "@sysinit/image-store";
import { exitCodes, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";

export async function imagesVerify(context: CommandContext, name: string | undefined): Promise<number> {
  const { output, signal } = context;
  const directory = imagesDirectory(context);
  const images = await listImages({ directory, ...(name !== undefined && { name }) });
  // A name that is not there fails here, with the names that are.
  if (name !== undefined && images.length === 0) await verifyImage({ directory, name });
  const results = [];
  for (const image of images) {
    const step = output.step(`verify ${image.name} generation ${image.generation}`);
    const result = await verifyImage({
      directory,
      name: image.name,
      generation: image.generation,
      signal,
      onEvent: narrateStore(step),
    });
    if (result.ok) step.done();
    else step.failed(result.problems.join("; "));
    results.push(result);
  }
  output.list(
    results,
    results
      .map(
        ({ image, ok, problems }) =>
          `${ok ? "ok " : "BAD"} ${image.file}${ok ? "" : `: ${problems.join("; ")}`}`,
      )
      .join("\n"),
  );
  return results.every(({ ok }) => ok) ? exitCodes.ok : exitCodes.failed;
}
