import { join, resolve } from "node:path";

import { ImageStoreError } from "./errors/image-store-error.ts";

/**
 * Where images are kept beside Lima's instances: `$LIMA_HOME/_images`, by default `~/.lima/_images`. Lima takes no
 * folder whose name begins with `_` for an instance.
 *
 * @param options.env Environment to look in; our own by default.
 * @throws ImageStoreError HOME_UNSET
 */
export function imagesDirectory(
  options: { env?: Readonly<Record<string, string | undefined>> } = {},
): string {
  const { LIMA_HOME: limaHome, HOME: home } = options.env ?? process.env;
  if (limaHome) return resolve(limaHome, "_images");
  if (home) return resolve(join(home, ".lima/_images"));
  throw new ImageStoreError({
    code: "HOME_UNSET",
    message: "no place for images is known: neither LIMA_HOME nor HOME is set",
    hint: "Set HOME to your home directory, or LIMA_HOME to Lima's.",
  });
}
