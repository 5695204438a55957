import fc from "fast-check";
import { fieldsOf, type Field } from "./fields.ts";
import { valueFor } from "./values.ts";

/** One change to a template; `undefined` takes the key away. */
export interface Change {
  path: (string | number)[];
  value: unknown;
}

/** A template that was changed. */
export interface Mutant {
  changes: Change[];
  data: unknown;
}

type Container = Record<string | number, unknown>;

const fields = fieldsOf();

/** A change at one field; a few misspell the key. */
function changeAt({ path, shape }: Field): fc.Arbitrary<Change> {
  const misspelt = [...path.slice(0, -1), `${String(path.at(-1))}x`];
  const where = fc.oneof(
    { weight: 20, arbitrary: fc.constant(path) },
    { weight: 1, arbitrary: fc.constant(misspelt) },
  );
  const entry = fc.nat({ max: 3 });
  return fc.record({ where, entry, value: valueFor(shape) }).map(({ where, entry, value }) => ({
    path: where.map((step) => (typeof step === "number" ? entry : step)),
    value,
  }));
}

/** A template with one to three changes, the first of them at the field given. */
export function mutantOf(templates: readonly unknown[], field: Field): fc.Arbitrary<Mutant> {
  const more = fc.array(fc.constantFrom(...fields).chain(changeAt), { maxLength: 2, size: "small" });
  return fc
    .record({ template: fc.constantFrom(...templates), first: changeAt(field), more })
    .map(({ template, first, more }) => {
      const changes = [first, ...more];
      return { changes, data: changes.reduce(apply, structuredClone(template)) };
    });
}

/** Every field in turn, each `rounds` times. */
export function mutantsOf(templates: readonly unknown[], rounds: number, seed: number): Mutant[] {
  return fields.flatMap((field, index) =>
    fc.sample(mutantOf(templates, field), { numRuns: rounds, seed: seed + index }),
  );
}

/**
 * Makes a change, in place, and the mappings and lists on the way to it where there are none. Numbers of entries count
 * round and round.
 */
export function apply(data: unknown, { path, value }: Change): unknown {
  let owner = data as Container;
  for (const [index, written] of path.slice(0, -1).entries()) {
    const step = Array.isArray(owner) ? Number(written) % Math.max(1, owner.length) : written;
    const inner = owner[step];
    const wanted = typeof path[index + 1] === "number" ? Array.isArray(inner) : isMapping(inner);
    if (!wanted) owner[step] = typeof path[index + 1] === "number" ? [] : {};
    owner = owner[step] as Container;
  }
  const last = path.at(-1) ?? "";
  if (value === undefined) Reflect.deleteProperty(owner, last);
  else owner[last] = structuredClone(value);
  return data;
}

const isMapping = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
