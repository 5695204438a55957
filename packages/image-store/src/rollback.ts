import { chooseOlder } from "./current/choose-older.ts";
import { runUse, type UseOptions, type UseResult } from "./current/run-use.ts";

export type RollbackOptions = Omit<UseOptions, "generation">;

/**
 * Goes back: lets the latest link lead to the generation before the current one. Generations keep their numbers, and the one
 * that was left stays: `useImage` leads back to it.
 *
 * @throws ImageStoreError NO_LATEST, NO_OLDER_GENERATION, and what `useImage` throws
 */
export async function rollbackImage(options: RollbackOptions): Promise<UseResult> {
  return await runUse(options, chooseOlder(options.directory, options.name), () => {});
}
