import { z } from "zod";

// OCI image specification 1.1: descriptor.md, manifest.md, image-index.md. What is not used here is not looked at.
const annotations = z.record(z.string(), z.string()).nullish();

const descriptorSchema = z.object({
  mediaType: z.string(),
  digest: z.string(),
  size: z.int().nonnegative(),
  annotations,
});

export const manifestSchema = z.object({
  schemaVersion: z.literal(2),
  artifactType: z.string().optional(),
  config: descriptorSchema,
  layers: z.array(descriptorSchema),
  annotations,
});

export const indexSchema = z.object({
  schemaVersion: z.literal(2),
  manifests: z.array(
    descriptorSchema.extend({
      platform: z.object({ architecture: z.string(), os: z.string() }).nullish(),
    }),
  ),
});

export type Descriptor = z.output<typeof descriptorSchema>;
export type ArtifactManifest = z.output<typeof manifestSchema>;
export type ArtifactIndex = z.output<typeof indexSchema>;
