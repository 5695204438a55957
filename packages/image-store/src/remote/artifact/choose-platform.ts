import { ImageStoreError } from "../../errors/image-store-error.ts";
import { plainText } from "../http/plain-text.ts";
import type { ArtifactIndex } from "./schemas.ts";

/** Architectures, as Nix and Lima name them. */
export type ImageArchitecture = "x86_64" | "aarch64";

// OCI takes Go's names.
const ociNames: Readonly<Record<ImageArchitecture, string>> = { x86_64: "amd64", aarch64: "arm64" };

/**
 * The digest of the manifest for an architecture; the only one of an index that names no platforms.
 *
 * @throws ImageStoreError ARTIFACT_UNUSABLE
 */
export function choosePlatform(index: ArtifactIndex, name: string, architecture: ImageArchitecture): string {
  const wanted = ociNames[architecture];
  // A digest becomes part of a path.
  const readable = index.manifests.filter(({ digest }) => /^sha256:[0-9a-f]{64}$/.test(digest));
  const [first, ...more] = readable;
  const matching = readable.filter(({ platform }) => platform?.architecture === wanted);
  if (matching[0] !== undefined) return matching[0].digest;
  if (first !== undefined && more.length === 0 && !first.platform) return first.digest;
  const there = index.manifests
    .slice(0, 10)
    .map(({ platform }) => plainText(platform?.architecture ?? "without a name"));
  throw new ImageStoreError({
    code: "ARTIFACT_UNUSABLE",
    message: `${name} has no image for ${architecture}`,
    hint: there.length === 0 ? "It has none at all." : `It has: ${there.join(", ")}.`,
    details: { name, architecture, architectures: there },
  });
}

/** The architecture of this machine. */
export function ownArchitecture(): ImageArchitecture {
  return process.arch === "arm64" ? "aarch64" : "x86_64";
}
