import { expect, onTestFinished, test } from "vitest";

import { createLima } from "@sysinit/lima-control";

import { leftBehind, nothing } from "./support/left-behind.ts";
import { makeLimaHome, removeLimaHome } from "./support/lima-home.ts";
import { referenceTemplate } from "./support/reference-guest.ts";
import { killHard, runUntil } from "./support/run-program.ts";

/** The event of the launch at which its owner is killed, cycle by cycle. */
const killedAt = ["creating", "starting", "requirement", "ready", "ready"];

test("a reference guest whose owner is killed at any moment of its launch is swept, and nothing is left of it", async () => {
  const home = await makeLimaHome();
  onTestFinished(() => removeLimaHome("limactl", home));
  const lima = createLima({ home });
  for (const [cycle, moment] of killedAt.entries()) {
    const template = referenceTemplate({});
    const owner = await runUntil("launch-and-wait.ts", ["limactl", home, `vm${cycle}`], template, moment);
    await killHard(owner);
    await lima.sweep();
    expect({ moment, ...(await leftBehind(lima)) }).toEqual({ moment, ...nothing });
  }
});
