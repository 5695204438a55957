import type { ImageFormat } from "../../names/file-names.ts";

/** Media types of manifests, of the OCI image specification and of Docker before it. */
export const manifestTypes = {
  manifest: "application/vnd.oci.image.manifest.v1+json",
  index: "application/vnd.oci.image.index.v1+json",
  dockerManifest: "application/vnd.docker.distribution.manifest.v2+json",
  dockerList: "application/vnd.docker.distribution.manifest.list.v2+json",
} as const;

/** What an artifact of ours says that it is. */
export const artifactType = "application/vnd.sysinit.image.v1";
/** The configuration of an artifact of ours: the record of the image. */
export const configType = "application/vnd.sysinit.image.config.v1+json";

/** Media types of disk images, as the freedesktop.org shared MIME database names them. */
export const imageTypes: Readonly<Record<ImageFormat, string>> = {
  qcow2: "application/x-qemu-disk",
  raw: "application/x-raw-disk-image",
};

/** Annotation keys of the OCI image specification. */
export const annotationKeys = {
  /** On a layer: the file name that ORAS gives it. */
  title: "org.opencontainers.image.title",
  source: "org.opencontainers.image.source",
  revision: "org.opencontainers.image.revision",
} as const;
