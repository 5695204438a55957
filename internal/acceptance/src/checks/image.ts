import { lstat, readlink } from "node:fs/promises";
import { basename } from "node:path";

import { fail, pass, skip, type Check, type Judgement } from "../check.ts";
import type { CheckContext } from "../context.ts";

const section = "Image Building";

export const imageFile = imageCheck(
  "image.file",
  "Image file created at `~/.lima/_images/sysinit-lima-minimal-*.qcow2`",
  async ({ file, generation, sha256 }) => {
    const found =
      (await lstat(file)).isFile() && /^sysinit-.+-\d{8}-\d{6}.*\.(qcow2|raw)$/.test(basename(file));
    return found
      ? pass(`${basename(file)}, generation ${generation}, sha256 ${sha256}`)
      : fail(`${file} is no image file`);
  },
);

export const imageLatestLink = imageCheck(
  "image.latest-link",
  "Symlink created at `~/.lima/_images/sysinit-lima-minimal-latest.qcow2`",
  async ({ file, latestLink }) => {
    const target = await readlink(latestLink);
    return target === basename(file)
      ? pass(`${basename(latestLink)} → ${target}`)
      : fail(`${latestLink} → ${target}`);
  },
);

export const imageSize = imageSizeBelow(2 * 1024 ** 3, "Image size reasonable (< 2GB)");

/** The row about the size of the image file, with a limit that it must stay below. */
export function imageSizeBelow(maxBytes: number, title: string): Check {
  return imageCheck("image.size", title, async ({ bytes }) => {
    const evidence = `${Math.round(bytes / 1024 ** 2)} MiB`;
    return bytes < maxBytes ? pass(evidence) : fail(evidence);
  });
}

function imageCheck(
  id: string,
  title: string,
  run: (image: NonNullable<CheckContext["image"]>) => Promise<Judgement>,
): Check {
  return {
    id,
    section,
    title,
    stage: "image",
    run: async ({ image }) => (image === undefined ? skip("no image in this run") : run(image)),
  };
}
