import { expect, test } from "vitest";

import { whyNotSaved } from "./save-state.ts";

test.each([
  ["qemu", [], undefined],
  ["qemu", ["/home/dev/projects"], "it has a directory of the host mounted at /home/dev/projects"],
  ["vz", [], "the driver vz has no snapshots"],
])("of a VM of driver %s with mounts %j no state can be saved because %s", (vmType, mountPoints, why) => {
  expect(whyNotSaved({ vmType, mountPoints })).toBe(why);
});
