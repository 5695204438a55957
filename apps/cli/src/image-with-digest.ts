import { isImageAddress, ProjectError } from "@sysinit-internal/project";

/**
 * The setting `image` of a command line: `--image URL --sha256 HEX` is `URL@sha256:HEX`.
 *
 * @throws ProjectError BAD_SETTING
 */
export function imageWithDigest({
  image,
  sha256,
}: {
  image?: string | undefined;
  sha256?: string | undefined;
}): string | undefined {
  if (sha256 === undefined) return image;
  if (
    image !== undefined &&
    isImageAddress(image) &&
    !image.startsWith("oci://") &&
    !image.includes("@sha256:")
  )
    return `${image}@sha256:${sha256.toLowerCase().replace(/^sha256:/, "")}`;
  throw new ProjectError({
    code: "BAD_SETTING",
    message: `--sha256 is for --image URL, not for ${image === undefined ? "no image" : JSON.stringify(image)}`,
    hint: image?.startsWith("oci://")
      ? "name the manifest by its digest: oci://REGISTRY/REPOSITORY@sha256:HEX"
      : "write --image https://… --sha256 HEX",
  });
}
