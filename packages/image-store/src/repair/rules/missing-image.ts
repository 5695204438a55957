import { join } from "node:path";

import { manifestFileName } from "../../names/file-names.ts";
import { rememberGenerations } from "../../store/generation-numbers.ts";
import type { StoreEntry } from "../../store/read-store.ts";
import type { Finding, Rule, RuleContext } from "../rule.ts";
import { setRecordAside } from "../set-aside.ts";

/** An image that somebody removed by hand, and whose manifest is still there. */
export const missingImage: Rule = {
  kind: "missing-image",
  find: async (context) =>
    context.content.entries
      .filter((entry) => entry.found === undefined)
      .map((entry) => findingFor(entry, context)),
};

function findingFor({ manifest, image }: StoreEntry, { store, content }: RuleContext): Finding {
  return {
    path: image.file,
    problem: `the image of generation ${image.generation} of ${image.name} is missing`,
    remedy: "set its manifest aside",
    repair: async () => {
      await rememberGenerations(store, manifest.name, content);
      await setRecordAside(store, join(store.directory, manifestFileName(manifest.file)));
    },
  };
}
