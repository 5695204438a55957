import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";

import { createTeller } from "./teller.ts";

test("a listener that throws, and one that rejects, keep nobody from hearing", async () => {
  const heard: string[] = [];
  const teller = createTeller(
    "vm",
    () => {
      throw new Error("one");
    },
    () => Promise.reject(new Error("two")) as unknown as void,
    (event) => heard.push(event.type),
  );
  teller.tell({ type: "starting" });
  await turn();
  expect(heard).toEqual(["starting"]);
});
