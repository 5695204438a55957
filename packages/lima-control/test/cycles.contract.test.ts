import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";

import { createLima } from "@sysinit/lima-control";

import { dummyTemplate } from "./support/dummy-template.ts";
import { leftBehind, nothing } from "./support/left-behind.ts";
import { makeLimaHome, removeLimaHome } from "./support/lima-home.ts";
import { limactls } from "./support/limactls.ts";
import { killHard, startProgram } from "./support/run-program.ts";

/** How often; SYSINIT_TEST_CYCLES=50 is what a release is held to. */
const cycles = Number(process.env["SYSINIT_TEST_CYCLES"] ?? 4);
/** When the owner is killed, from the start of its program; spread over its creation and start. */
const killedAfterMs = (cycle: number) => 300 + ((cycle * 277) % 3_000);

test.skipIf(process.arch !== "x64" || process.platform !== "linux").each(limactls())(
  "launches that are killed at any moment and swept leave nothing behind: %s",
  async (limactl) => {
    const home = await makeLimaHome();
    onTestFinished(() => removeLimaHome(limactl, home));
    const lima = createLima({ limactl, home });
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const name = `vm${cycle}`;
      const owner = startProgram("launch-and-wait.ts", [limactl, home, name], dummyTemplate);
      await setTimeout(killedAfterMs(cycle));
      await killHard(owner);
      const swept = await lima.sweep();
      if (swept.length > 0) expect(swept).toEqual([name]);
      expect({ cycle, ...(await leftBehind(lima)) }).toEqual({ cycle, ...nothing });
    }
  },
  60_000 + cycles * 30_000,
);
