import { isAbsolute, resolve } from "node:path";

import { parseImageReference, projectName, ProjectError, type Setting } from "@sysinit-internal/project";

import { guestSystem } from "./guest-system.ts";
import { pulledImageName } from "./pulled-image-name.ts";

/** What a VM is to boot, before it is built or looked up. */
export type WantedImage =
  /** Nobody named one: which is decided when it is needed, see `chooseImageSource`. */
  | { kind: "default"; directory: string; imageName: string }
  | { kind: "flake"; installable: string; directory: string; imageName: string }
  | { kind: "store"; imageName: string }
  | { kind: "url"; url: string; sha256?: string; imageName: string };

/**
 * Reads the setting `image`.
 *
 * @param options.owner The project or VM that an image is built for; its name in the store.
 * @param options.defaultName The name in the store of the image that nobody named.
 * @throws ProjectError BAD_SETTING
 */
export function wantedImage(options: {
  image: Setting<string> | undefined;
  owner: string;
  defaultName: string;
  directory: string;
}): WantedImage {
  const { image, owner, defaultName, directory } = options;
  if (image === undefined) return { kind: "default", directory, imageName: defaultName };
  const reference = parseImageReference(image.value);
  switch (reference.kind) {
    case "bad":
      throw new ProjectError({
        code: "BAD_SETTING",
        message: `the image ${JSON.stringify(image.value)} cannot be used: ${reference.why}`,
        hint: "write a flake installable as .#image, a name of `lima-cli images list`, URL@sha256:HEX, or oci://REGISTRY/REPOSITORY:TAG",
        details: { image: image.value, origin: image.origin },
      });
    case "store":
      return { kind: "store", imageName: reference.name };
    case "url":
      return { ...reference, imageName: pulledImageName(reference.url) };
    case "flake":
      return {
        kind: "flake",
        installable: withSystem(reference.installable),
        directory: image.directory,
        imageName: projectName(owner),
      };
  }
}

// Nix looks for `.#name` among the packages of this machine's system, which on a Mac are not those of the guest.
function withSystem(installable: string): string {
  const [flake, attribute = ""] = installable.split("#");
  const isPlain = attribute !== "" && !attribute.includes(".");
  return isPlain && process.platform === "darwin"
    ? `${flake}#packages.${guestSystem()}.${attribute}`
    : installable;
}

/** The folder of a flake on this machine; undefined for one from elsewhere. */
export function flakeDirectory(installable: string, directory: string): string | undefined {
  const flake = (installable.split("#")[0] ?? "")
    .replace(/^(?:path:|git\+file:(?:\/\/)?)/, "")
    .replace(/\?.*$/, "");
  if (flake === "") return directory;
  return flake.startsWith(".") || isAbsolute(flake) ? resolve(directory, flake) : undefined;
}
