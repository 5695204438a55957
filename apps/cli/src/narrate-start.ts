import { join } from "node:path";

import type { Lima, VmEvent } from "@sysinit/lima-control";
import { consoleTail } from "@sysinit-internal/machine";
import { narrateVm, type Step } from "@sysinit-internal/terminal";

/** Shows a start on a step, with the end of the guest's console when it takes long. */
export function narrateStart(step: Step, lima: Lima, name: string): (event: VmEvent) => void {
  return narrateVm(step, (lines) => consoleTail(join(lima.home, name), lines));
}
