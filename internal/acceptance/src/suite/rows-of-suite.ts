import { actions } from "../actions.ts";
import type { Row } from "../rows.ts";
import { checksOf } from "./checks/index.ts";
import type { Suite } from "./read-suite.ts";

export const fixturesRow: Row = { id: "suite.fixtures", section: "Suite", title: "The fixtures are copied" };
export const setupRow: Row = { id: "suite.setup", section: "Suite", title: "The setup succeeds" };
export const teardownRow: Row = { id: "suite.teardown", section: "Suite", title: "The teardown succeeds" };

/** All rows of a run of a suite, in the order in which they are judged. */
export function rowsOfSuite(suite: Suite): Row[] {
  const { fixtures, setup, teardown } = suite.value;
  const action = (id: string): Row[] =>
    actions
      .filter((row) => row.id === id)
      .map(({ section, plainTitle }) => ({ id, section, title: plainTitle }));
  const checks = checksOf(suite);
  const rowOf = ({ id, section, title, source }: Row): Row => ({
    id,
    section,
    title,
    ...(source && { source }),
  });
  return [
    ...action("image.build"),
    ...action("image.install"),
    ...checks.filter(({ stage }) => stage === "image").map(rowOf),
    ...action("vm.start"),
    ...action("vm.boot-time"),
    ...(fixtures === undefined ? [] : [fixturesRow]),
    ...(setup === undefined ? [] : [setupRow]),
    ...checks.filter(({ stage }) => stage === "guest").map(rowOf),
    ...(teardown === undefined ? [] : [teardownRow]),
    ...action("vm.stop"),
    ...action("vm.delete"),
  ];
}
