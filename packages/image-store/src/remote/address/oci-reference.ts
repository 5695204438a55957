// The forms are those of the OCI distribution specification ("Pulling manifests") and, for the host, of
// github.com/distribution/reference.
const repositoryForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const hostForm = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;
const tagForm = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const digestForm = /^sha256:[0-9a-f]{64}$/;
const longestRepository = 255;

/** A name in an OCI registry, as `ghcr.io/team/images:minimal`. */
export interface OciReference {
  /** Host with its port, as it was written; the key under which credentials are kept. */
  registry: string;
  repository: string;
  tag?: string;
  /** Of a manifest, `sha256:` and 64 hexadecimal digits. With a tag beside it, it is the digest that counts. */
  digest?: string;
}

/** Reads `registry/repository[:tag][@sha256:…]`; a string is the reason why it is none. */
export function parseOciReference(text: string): OciReference | string {
  const slash = text.indexOf("/");
  if (slash <= 0) return "it has no repository; write registry/repository:tag";
  const registry = text.slice(0, slash);
  if (registry.includes("@")) return "credentials do not belong into it";
  if (!hostForm.test(registry)) return `${JSON.stringify(registry)} is no host name`;

  const [beforeDigest, digest, ...more] = text.slice(slash + 1).split("@") as [string, string?, ...string[]];
  if (more.length > 0 || (digest !== undefined && !digestForm.test(digest)))
    return "a digest is written @sha256: with 64 hexadecimal digits";
  const [repository, tag, ...others] = beforeDigest.split(":") as [string, string?, ...string[]];
  if (!repositoryForm.test(repository) || repository.length > longestRepository)
    return `${JSON.stringify(repository)} is no repository: it is made of a-z, 0-9, '.', '_', '-' and '/'`;
  if (others.length > 0 || (tag !== undefined && !tagForm.test(tag)))
    return `${JSON.stringify([tag, ...others].join(":"))} is no tag: it has at most 128 letters, digits, '.', '_' and '-'`;
  if (tag === undefined && digest === undefined)
    return "it names neither a tag nor a digest; write registry/repository:tag";
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** The reference as it is written, without `oci://`. */
export function formatOciReference({ registry, repository, tag, digest }: OciReference): string {
  return `${registry}/${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
