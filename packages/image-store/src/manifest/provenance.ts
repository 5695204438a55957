import { z } from "zod";

const text = z.string().max(4096);

/** How {@link Provenance} reads in a manifest. */
export const provenanceSchema = z.object({
  installable: text.optional(),
  outPath: text.optional(),
  narHash: text.optional(),
  drvPath: text.optional(),
  flake: z
    .object({
      url: text,
      revision: text.optional(),
      dirtyRevision: text.optional(),
      narHash: text.optional(),
    })
    .optional(),
  pulledFrom: z.object({ url: text, manifestDigest: text.optional() }).optional(),
});

/** Where an image comes from, as the caller tells it; kept, not checked. */
export interface Provenance {
  /** As it was given to nix. */
  installable?: string | undefined;
  /** Store path that held the image. */
  outPath?: string | undefined;
  /** Hash of that store path, as nix says it. */
  narHash?: string | undefined;
  drvPath?: string | undefined;
  flake?:
    | {
        url: string;
        revision?: string | undefined;
        /** Revision of a work tree with changes that are not committed. */
        dirtyRevision?: string | undefined;
        /** Hash of the flake's source. */
        narHash?: string | undefined;
      }
    | undefined;
  /** Where `pullImage` had it from. */
  pulledFrom?:
    | {
        /** Without credentials and query. */
        url: string;
        /** Of the OCI manifest, `sha256:` and 64 hexadecimal digits. */
        manifestDigest?: string | undefined;
      }
    | undefined;
}

/** Provenance as it is kept. What is not what it should be is the caller's mistake: a TypeError. */
export function checkProvenance(provenance: Provenance | undefined): Provenance | undefined {
  if (provenance === undefined) return undefined;
  const parsed = provenanceSchema.safeParse(provenance);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TypeError(`provenance.${issue?.path.join(".")}: ${issue?.message}`);
}
