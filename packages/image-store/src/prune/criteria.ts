import { ImageStoreError } from "../errors/image-store-error.ts";
import { checkImageName } from "../names/check-image-name.ts";

/** What pruning keeps besides what it always keeps. An image is kept when any of them keeps it. */
export interface PruneCriteria {
  /** Only images of this name; by default all. */
  name?: string | undefined;
  /** How many generations of each name are kept: the newest ones, and as many from the current one on; at least 1, by default 3. */
  keepNewest?: number | undefined;
  /** Images that were installed within this time are kept; by default no time. Those from the future, by a wrong clock, too. */
  keepYoungerThanMs?: number | undefined;
}

/** Criteria with their defaults. */
export interface CheckedCriteria {
  name?: string;
  keepNewest: number;
  keepYoungerThanMs: number;
}

/** @throws ImageStoreError BAD_NAME, BAD_CRITERIA */
export function checkCriteria(criteria: PruneCriteria): CheckedCriteria {
  const { name, keepNewest = 3, keepYoungerThanMs = 0 } = criteria;
  if (name !== undefined) checkImageName(name);
  if (!Number.isSafeInteger(keepNewest) || keepNewest < 1)
    throw badCriteria(
      "keepNewest",
      keepNewest,
      "a whole number of at least 1",
      "To remove a name, use remove.",
    );
  if (!Number.isFinite(keepYoungerThanMs) || keepYoungerThanMs < 0)
    throw badCriteria(
      "keepYoungerThanMs",
      keepYoungerThanMs,
      "a number of milliseconds",
      "Leave it out for none.",
    );
  return { ...(name === undefined ? {} : { name }), keepNewest, keepYoungerThanMs };
}

function badCriteria(field: string, value: unknown, wanted: string, hint: string): ImageStoreError {
  return new ImageStoreError({
    code: "BAD_CRITERIA",
    message: `${field} is ${String(value)}, not ${wanted}`,
    hint,
    details: { field, value },
  });
}
