import { ImageStoreError } from "../../errors/image-store-error.ts";
import { digestOf } from "../artifact/image-manifest.ts";
import { manifestTypes } from "../artifact/media-types.ts";
import { fromStatus } from "../http/from-status.ts";
import { loginHint } from "./authorize.ts";
import type { Registry } from "./open-registry.ts";

/**
 * Lets a tag lead to a manifest, whose blobs the registry has.
 *
 * @throws ImageStoreError DIGEST_MISMATCH, REMOTE_UNAUTHORIZED, REMOTE_REFUSED; TransientFailure
 */
export async function pushManifest(registry: Registry, tag: string, manifest: Buffer): Promise<void> {
  const answer = await registry.send({
    method: "PUT",
    url: registry.url(`manifests/${tag}`),
    headers: { "content-type": manifestTypes.manifest, "content-length": String(manifest.length) },
    body: manifest,
  });
  if (answer.status !== 201) {
    throw await fromStatus(answer, `tag ${registry.name}:${tag}`, { unauthorized: loginHint(registry.host) });
  }
  answer.drop();
  const [expected, actual] = [digestOf(manifest), answer.header("docker-content-digest")];
  if (!actual?.startsWith("sha256:") || actual === expected) return;
  throw new ImageStoreError({
    code: "DIGEST_MISMATCH",
    message: `${registry.name}:${tag} has another manifest than was sent: ${actual}, not ${expected}`,
    hint: "Something between here and the registry, or the registry itself, changes what is sent.",
    details: { expected, actual },
  });
}
