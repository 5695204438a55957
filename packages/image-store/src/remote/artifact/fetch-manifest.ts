import { ImageStoreError } from "../../errors/image-store-error.ts";
import { fromStatus } from "../http/from-status.ts";
import { readBody } from "../http/read-body.ts";
import { loginHint } from "../registry/authorize.ts";
import type { Registry } from "../registry/open-registry.ts";
import { digestOf } from "./image-manifest.ts";
import { manifestTypes } from "./media-types.ts";
import { indexSchema, manifestSchema, type ArtifactIndex, type ArtifactManifest } from "./schemas.ts";

/** The specification asks registries to take 4 MiB at least; none gives more. */
export const longestManifestBytes = 4 * 1024 * 1024;

export type FetchedManifest =
  | { digest: string; manifest: ArtifactManifest; index?: undefined }
  | { digest: string; index: ArtifactIndex; manifest?: undefined };

/**
 * Reads a manifest or an index by tag or digest, and checks that its bytes are those of the digest.
 *
 * @throws ImageStoreError REMOTE_NOT_FOUND, REMOTE_UNAUTHORIZED, REMOTE_REFUSED, REMOTE_ANSWER_BAD, DIGEST_MISMATCH;
 *   TransientFailure
 */
export async function fetchManifest(registry: Registry, tagOrDigest: string): Promise<FetchedManifest> {
  const url = registry.url(`manifests/${tagOrDigest}`);
  const name = `${registry.name}${tagOrDigest.startsWith("sha256:") ? "@" : ":"}${tagOrDigest}`;
  const answer = await registry.send({
    method: "GET",
    url,
    headers: { accept: Object.values(manifestTypes).join(", ") },
  });
  if (answer.status !== 200) {
    throw await fromStatus(answer, `find ${name}`, {
      unauthorized: loginHint(registry.host),
      notFound: "Check the name and the tag; a registry may also hide what you may not read.",
    });
  }
  const body = await readBody(answer, longestManifestBytes);
  const digest = digestOf(body);
  const promised = tagOrDigest.startsWith("sha256:") ? tagOrDigest : answer.header("docker-content-digest");
  if (promised?.startsWith("sha256:") && promised !== digest) {
    throw new ImageStoreError({
      code: "DIGEST_MISMATCH",
      message: `the manifest of ${name} is another one than its digest says: it has ${digest}, not ${promised}`,
      hint: "Something between here and the registry, or the registry itself, changes what it sends.",
      details: { expected: promised, actual: digest },
    });
  }
  return { digest, ...parse(body, name) };
}

function parse(body: Buffer, name: string) {
  try {
    const json = JSON.parse(body.toString("utf8")) as object;
    if ("manifests" in json) return { index: indexSchema.parse(json) };
    return { manifest: manifestSchema.parse(json) };
  } catch (error) {
    throw new ImageStoreError({
      code: "REMOTE_ANSWER_BAD",
      message: `${name} has no manifest that can be read`,
      hint: "Push the image again, or tell whoever keeps the registry.",
      details: { name },
      cause: error,
    });
  }
}
