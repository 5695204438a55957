import type { BrokenRecord } from "../../store/read-store.ts";
import { rememberGenerations } from "../../store/generation-numbers.ts";
import type { Finding, Rule, RuleContext } from "../rule.ts";
import { setRecordAside } from "../set-aside.ts";

/** A manifest that cannot be read. One of a newer version is not damaged, and stays. */
export const damagedManifest: Rule = {
  kind: "damaged-manifest",
  find: async (context) => context.content.broken.map((record) => findingFor(record, context)),
};

function findingFor(record: BrokenRecord, { store, content }: RuleContext): Finding {
  const { manifestFile: path, error, name } = record;
  if (error.code === "SCHEMA_UNKNOWN")
    return { path, problem: error.message, remedy: error.hint ?? "use a newer version" };
  return {
    path,
    problem: error.message,
    remedy: "set it aside: its image is no longer of the store then, and can be adopted",
    repair: async () => {
      await rememberGenerations(store, name, content);
      await setRecordAside(store, path);
    },
  };
}
