import { join } from "node:path";

import { writeManifest, type Manifest } from "../../manifest/manifest.ts";
import { manifestFileName } from "../../names/file-names.ts";
import type { Rule } from "../rule.ts";

/** The raw disk beside a qcow2 image was removed by hand; the image is whole without it. */
export const missingRawDisk: Rule = {
  kind: "missing-raw-disk",
  find: async ({ store, content }) =>
    content.entries
      .filter(({ manifest, image, found }) => found !== undefined && manifest.raw !== undefined && !image.raw)
      .map(({ manifest }) => ({
        path: join(store.directory, manifest.raw!.file),
        problem: `the raw disk of generation ${manifest.generation} of ${manifest.name} is missing`,
        remedy: "take it out of the manifest",
        repair: async () => {
          const record: Manifest = { ...manifest };
          delete record.raw;
          const path = join(store.directory, manifestFileName(manifest.file));
          await writeManifest(path, record, store.area.temporary);
        },
      })),
};
