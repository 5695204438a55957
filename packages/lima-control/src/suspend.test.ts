import { expect, test } from "vitest";

import { whyNotSuspended } from "./suspend.ts";

const plain = { vmType: "qemu", mountPoints: [], additionalDisks: [], networks: [] };

test.each([
  ["QEMU and nothing else", {}, undefined],
  ["another driver", { vmType: "vz" }, "the driver vz has no snapshots"],
  ["a mount", { mountPoints: ["/src"] }, "it has a directory of the host mounted at /src"],
  ["an additional disk", { additionalDisks: ["data"] }, "it has the additional disk data"],
  [
    "a network",
    { networks: ["shared"] },
    "it is in the network shared, where its clones would have its address",
  ],
])("of a VM with %s it is known why it cannot be suspended", (_, record, why) => {
  expect(whyNotSuspended({ ...plain, ...record })).toBe(why);
});
