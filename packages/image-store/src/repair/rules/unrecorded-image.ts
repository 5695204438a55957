import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

import { isRecorded } from "../../manifest/is-recorded.ts";
import { parseImageFileName } from "../../names/file-names.ts";
import type { Finding, Rule } from "../rule.ts";

/** A file with a name of the store and without a manifest: somebody put it there. It is the user's, and only told. */
export const unrecordedImage: Rule = {
  kind: "unrecorded-image",
  async find({ store: { directory } }) {
    const findings: Finding[] = [];
    for (const file of (await readdir(directory)).sort()) {
      if (parseImageFileName(file) === undefined || (await isRecorded(directory, file))) continue;
      const path = join(directory, file);
      if (!(await lstat(path)).isFile()) continue;
      findings.push({ path, problem: "it has no manifest, so it is not of the store", remedy: "adopt it" });
    }
    return findings;
  },
};
