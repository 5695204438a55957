import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  installImage,
  pushImage,
  type Provenance,
  type PushOptions,
  type StoredImage,
  type StoreEvent,
} from "../../src/index.ts";
import { qcow2 } from "../images.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { name } from "./pulling.ts";

export const provenance: Provenance = {
  installable: ".#lima-minimal",
  outPath: "/nix/store/00000000000000000000000000000000-nixos-disk-image",
  flake: { url: "git+https://git.test/team/machines", revision: "0123456789abcdef0123456789abcdef01234567" },
};

/** A store with one image, and pushes from it that are tried again at once. */
export async function pushingStore(payloadBytes = 300 * 1024) {
  const home = temporaryDirectory();
  const directory = join(home, "_images");
  const events: StoreEvent[] = [];
  const install = async (bytes: number): Promise<StoredImage> => {
    writeFileSync(join(home, "image"), qcow2([], randomBytes(bytes)));
    return (await installImage({ directory, name, source: join(home, "image"), provenance })).image;
  };
  const push = async (options: Pick<PushOptions, "url"> & Partial<PushOptions>) =>
    await pushImage({
      directory,
      name,
      retryDelayMs: 1,
      env: {},
      onEvent: (event) => events.push(event),
      ...options,
    });
  return { home, directory, events, install, push, image: await install(payloadBytes) };
}
