import type { WorkArea } from "../store/work-area.ts";
import { finishRemovals } from "./finish-removals.ts";
import { undoHalfPublished } from "./undo-half-published.ts";

/**
 * Brings the store into a whole state after a kill at any moment: removals that were decided are finished, others and
 * installs that were not published are taken back. Only to be called while holding the lock. Gives the removed paths.
 */
export async function finishInterrupted(directory: string, area: WorkArea): Promise<string[]> {
  return [...(await finishRemovals(directory, area)), ...(await undoHalfPublished(directory, area))];
}
