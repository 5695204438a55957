import { during } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import type { Consent } from "./consent.ts";
import type { FindMends } from "./mend.ts";
import { keyPermissions } from "./mends/key-permissions.ts";
import { kvmGroup } from "./mends/kvm-group.ts";
import { leftVms } from "./mends/left-vms.ts";
import { pastVms } from "./mends/past-vms.ts";

/** All that can be mended. */
const kinds: readonly FindMends[] = [kvmGroup, keyPermissions, leftVms, pastVms];

/** Finds what can be mended, and mends what is agreed to. */
export async function mendAll(context: CommandContext, consent: Consent): Promise<void> {
  const { output } = context;
  const mends = (await Promise.all(kinds.map((find) => find(context)))).flat();
  if (mends.length === 0) output.say("there is nothing that can be mended from here");
  for (const { problem, action, mend } of mends) {
    output.say(problem);
    if (await consent(`${action}?`)) await during(output.step(action), mend);
    else output.say(`left as it is: ${action}`);
  }
}
