import { readGenerationsRecord } from "../../store/generation-numbers.ts";
import { ImageStoreError } from "../../errors/image-store-error.ts";
import type { Rule } from "../rule.ts";
import { setRecordAside } from "../set-aside.ts";

/** The record of removed generations is damaged: nothing can be installed then. */
export const generationsRecord: Rule = {
  kind: "generations-record",
  async find({ store }) {
    const { generations: path } = store.area;
    try {
      await readGenerationsRecord(store.area);
      return [];
    } catch (error) {
      if (!ImageStoreError.is(error, "MANIFEST_UNREADABLE")) throw error;
      const remedy = "set it aside: numbers go on above those of the images that there are";
      return [{ path, problem: error.message, remedy, repair: () => setRecordAside(store, path) }];
    }
  },
};
