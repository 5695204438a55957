import { expect, test } from "vitest";
import { templateSchema } from "../src/schema/template-schema.ts";
import { checkShape } from "../src/shape/check-shape.ts";
import { mutantsOf } from "./mutations/mutate.ts";

/** As the reader gives it: for Lima a key without a value is no key. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

test("checkShape, which reads schema.json, and the zod schema agree on every field", () => {
  for (const { data, changes } of mutantsOf([{ cpus: 2 }], 10, 2026)) {
    const plain = withoutNulls(data);
    const { faults, value } = checkShape(plain);
    const parsed = templateSchema.safeParse(plain);
    const said = JSON.stringify({ changes, faults, issues: parsed.error?.issues });
    // Numbers for text and the like are read, as limactl does; zod is stricter there.
    const coerced = JSON.stringify(value) !== JSON.stringify(plain);
    if (parsed.success) expect(faults, said).toEqual([]);
    else expect(faults.length > 0 || coerced, said).toBe(true);
    // What is kept is always of the right shape: the rules rely on it.
    expect(templateSchema.safeParse(value).error?.issues, said).toBeUndefined();
  }
});
