import { ImageStoreError } from "../errors/image-store-error.ts";
import type { Provenance } from "../manifest/provenance.ts";
import type { OciReference } from "./address/oci-reference.ts";
import type { RemoteAddress } from "./address/parse-address.ts";
import type { ImageArchitecture } from "./artifact/choose-platform.ts";
import { resolveArtifact } from "./artifact/resolve-artifact.ts";
import type { RemoteFile } from "./download/remote-file.ts";
import { fromStatus, type StatusHints } from "./http/from-status.ts";
import type { HttpClient } from "./http/http-client.ts";
import type { HttpAnswer } from "./http/http-messages.ts";
import { withRetries, type RetryOptions } from "./http/with-retries.ts";
import { loginHint } from "./registry/authorize.ts";
import { openRegistry, type RegistryOptions } from "./registry/open-registry.ts";

/** An image elsewhere, with all that is known of it before it is read. */
export interface RemoteImage {
  file: RemoteFile;
  manifestDigest?: string;
  provenance: Provenance;
}

export interface FindOptions {
  retry: RetryOptions;
  registry: Omit<RegistryOptions, "actions">;
  file: string | undefined;
  architecture: ImageArchitecture;
}

/**
 * Finds the image at an address. Of a file on a web server nothing has to be asked: its digest is given.
 *
 * @throws ImageStoreError BAD_DIGEST, DIGEST_MISMATCH, and what {@link resolveArtifact} throws
 */
export async function findRemoteImage(
  client: HttpClient,
  address: RemoteAddress,
  sha256: string | undefined,
  options: FindOptions,
): Promise<RemoteImage> {
  if (address.kind === "oci")
    return await findInRegistry(client, address.reference, address.shown, sha256, options);
  const { url, shown } = address;
  if (sha256 === undefined) {
    throw new ImageStoreError({
      code: "BAD_DIGEST",
      message: `${shown} is not downloaded without the SHA-256 of the image`,
      hint: "Give the sha256 that its maker publishes; an oci:// reference carries it.",
      details: { url: shown },
    });
  }
  const open = async (headers: Readonly<Record<string, string>>) =>
    await answerWithContent(await client.send({ method: "GET", url, headers }), `download ${shown}`);
  return { file: { shown, sha256, open }, provenance: { pulledFrom: { url: shown } } };
}

async function findInRegistry(
  client: HttpClient,
  reference: OciReference,
  shown: string,
  sha256: string | undefined,
  options: FindOptions,
): Promise<RemoteImage> {
  const registry = openRegistry(client, reference, { ...options.registry, actions: "pull" });
  const { manifestDigest, layer, provenance } = await withRetries(`find ${shown}`, options.retry, () =>
    resolveArtifact(registry, reference, options),
  );
  if (sha256 !== undefined && layer.sha256 !== sha256) {
    throw new ImageStoreError({
      code: "DIGEST_MISMATCH",
      message: `${shown} has another image than was asked for: its SHA-256 is ${layer.sha256}, not ${sha256}`,
      hint: "The tag may have been moved: name the manifest by its digest, or ask for the new image.",
      details: { url: shown, expected: sha256, actual: layer.sha256, manifestDigest },
    });
  }
  const open = async (headers: Readonly<Record<string, string>>) =>
    await answerWithContent(
      await registry.send({ method: "GET", url: registry.url(`blobs/${layer.digest}`), headers }),
      `download ${shown}`,
      {
        unauthorized: loginHint(registry.host),
        notFound: "The registry has lost this file of the image: push it again.",
      },
    );
  return {
    file: { shown, sha256: layer.sha256, bytes: layer.bytes, open },
    manifestDigest,
    provenance: { ...provenance, pulledFrom: { url: shown, manifestDigest } },
  };
}

async function answerWithContent(
  answer: HttpAnswer,
  doing: string,
  hints?: StatusHints,
): Promise<HttpAnswer> {
  if ([200, 206, 416].includes(answer.status)) return answer;
  throw await fromStatus(answer, doing, hints);
}
