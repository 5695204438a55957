import fc from "fast-check";

export const names = ["a", "lima-minimal", "lima-minimal-2"] as const;
export type ModelName = (typeof names)[number];

/** Something that people, programs and accidents do to a store. `nth` chooses among the generations that there are. */
export type Operation =
  | { do: "install"; name: ModelName; content: number; withRaw: boolean; year: number }
  | { do: "use" | "remove"; name: ModelName; nth: number }
  | { do: "rollback" | "remove-all" | "lose-link" | "bend-link"; name: ModelName }
  | { do: "prune"; keepNewest: number; only: ModelName | undefined }
  | { do: "put-file" | "adopt"; name: ModelName; content: number }
  | { do: "make-instance"; name: ModelName; nth: number; by: "path" | "digest" }
  | { do: "delete-instance" }
  | { do: "repair" | "verify" | "move-store" }
  | { do: "kill-install"; name: ModelName; step: string }
  | { do: "kill-remove"; name: ModelName; nth: number; step: string };

const name = fc.constantFrom(...names);
const nth = fc.nat(9);
const content = fc.nat(5);
const step = (...steps: string[]) => fc.constantFrom(...steps);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.record({
      do: fc.constant("install" as const),
      name,
      content,
      withRaw: fc.nat(9).map((number) => number === 0),
      // Clocks go forwards, backwards and nowhere.
      year: fc.constantFrom(1970, 2026, 2026, 2027, 2099),
    }),
  },
  { weight: 12, arbitrary: fc.record({ do: fc.constant("use" as const), name, nth }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant("remove" as const), name, nth }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("rollback" as const), name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove-all" as const), name }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("lose-link" as const, "bend-link" as const), name }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("prune" as const),
      keepNewest: fc.integer({ min: 1, max: 4 }),
      only: fc.option(name, { nil: undefined }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom("put-file" as const, "adopt" as const), name, content }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("make-instance" as const),
      name,
      nth,
      by: fc.constantFrom("path" as const, "digest" as const),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("delete-instance" as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("repair" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("verify" as const, "move-store" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("kill-install" as const),
      name,
      step: step("locked", "checked", "copy:1", "copied", "linked", "recorded", "flipped", "cleaned"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("kill-remove" as const),
      name,
      nth,
      step: step("remembered", "set-aside", "raw-set-aside", "forgotten", "freed"),
    }),
  },
);

export const operationsOf = (count: number) =>
  fc.array(operation, { minLength: count, maxLength: count, size: "max" });
