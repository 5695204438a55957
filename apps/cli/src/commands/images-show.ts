import { imagesDirectory, showImage } from "@sysinit/image-store";
import { formatBytes } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";

export async function imagesShow(
  context: CommandContext,
  name: string,
  options: { generation?: number },
): Promise<void> {
  const image = await showImage({
    directory: imagesDirectory(context),
    name,
    ...(options.generation !== undefined && { generation: options.generation }),
  });
  const { provenance } = image;
  const facts: [string, string | undefined][] = [
    ["name", image.name],
    ["generation", `${image.generation}${image.latest ? " (latest)" : ""}`],
    ["file", image.file],
    ["format", image.format],
    ["size", `${formatBytes(image.bytes)} (${formatBytes(image.allocatedBytes)} on disk)`],
    ["virtual size", formatBytes(image.virtualBytes)],
    ["sha256", image.sha256],
    ["raw disk", image.raw?.file],
    ["raw sha256", image.raw?.sha256],
    ["installed", image.installedAt],
    ["installable", provenance?.installable],
    ["out path", provenance?.outPath],
    ["derivation", provenance?.drvPath],
    ["nar hash", provenance?.narHash],
    ["pulled from", provenance?.pulledFrom?.url],
    ["manifest", provenance?.pulledFrom?.manifestDigest],
    ["revision", provenance?.flake?.revision ?? provenance?.flake?.dirtyRevision],
  ];
  const lines = facts
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key.padEnd(13)} ${value}`);
  context.output.data(image, lines.join("\n"));
}
