import type { Provenance } from "../../manifest/provenance.ts";
import { ImageStoreError } from "../../errors/image-store-error.ts";
import type { OciReference } from "../address/oci-reference.ts";
import { fromStatus } from "../http/from-status.ts";
import { readBody } from "../http/read-body.ts";
import type { Registry } from "../registry/open-registry.ts";
import { chooseLayer, type ImageLayer } from "./choose-layer.ts";
import { choosePlatform, type ImageArchitecture } from "./choose-platform.ts";
import { fetchManifest, longestManifestBytes } from "./fetch-manifest.ts";
import { readProvenance } from "./image-config.ts";
import { digestOf } from "./image-manifest.ts";
import { configType } from "./media-types.ts";
import type { Descriptor } from "./schemas.ts";

/** What an artifact is found to hold; its image has not been read. */
export interface ResolvedArtifact {
  /** Of the manifest, `sha256:` and 64 hexadecimal digits; of one architecture where there are several. */
  manifestDigest: string;
  layer: ImageLayer;
  provenance: Provenance | undefined;
}

/**
 * Finds the image behind a reference.
 *
 * @throws ImageStoreError as {@link fetchManifest}, and ARTIFACT_UNUSABLE; TransientFailure
 */
export async function resolveArtifact(
  registry: Registry,
  reference: OciReference,
  choice: { file: string | undefined; architecture: ImageArchitecture },
): Promise<ResolvedArtifact> {
  const name = registry.name;
  let fetched = await fetchManifest(registry, reference.digest ?? reference.tag!);
  if (fetched.index !== undefined) {
    fetched = await fetchManifest(registry, choosePlatform(fetched.index, name, choice.architecture));
  }
  if (fetched.manifest === undefined) {
    throw new ImageStoreError({
      code: "ARTIFACT_UNUSABLE",
      message: `no image can be taken from ${name}: it is an index of indexes`,
      hint: "Name the manifest by its digest.",
      details: { name },
    });
  }
  const { manifest, digest: manifestDigest } = fetched;
  const layer = chooseLayer(manifest, name, choice.file);
  const config =
    manifest.config.mediaType === configType ? await fetchConfig(registry, manifest.config) : undefined;
  const provenance = config === undefined ? undefined : readProvenance(config, layer.sha256);
  return { manifestDigest, layer, provenance };
}

// Only who made the image; one that is missing or too large does not keep us from it.
async function fetchConfig(registry: Registry, config: Descriptor): Promise<Buffer | undefined> {
  if (config.size > longestManifestBytes || !/^sha256:[0-9a-f]{64}$/.test(config.digest)) return undefined;
  const answer = await registry.send({ method: "GET", url: registry.url(`blobs/${config.digest}`) });
  if (answer.status === 404) {
    answer.drop();
    return undefined;
  }
  if (answer.status !== 200) throw await fromStatus(answer, `read the record of ${registry.name}`);
  const body = await readBody(answer, longestManifestBytes);
  return digestOf(body) === config.digest ? body : undefined;
}
