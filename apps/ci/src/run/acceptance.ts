import type { CheckContext } from "@sysinit-internal/acceptance";
import { hostMounts, readMachineTemplate, withStoredImage } from "@sysinit-internal/machine";

import type { AcceptanceRun } from "./acceptance-run.ts";
import { findTools } from "./find-tools.ts";
import { inVm } from "./in-vm.ts";
import { makeChecks } from "./make-checks.ts";
import { obtainImageUnderTest } from "./obtain-image-under-test.ts";

/** The run itself: tools, image, checkout, VM, gone; the VM part as often as asked. Throws what makes going on pointless. */
export async function acceptance(run: AcceptanceRun): Promise<void> {
  const { plan, options, env, measurements } = run;
  const read = await readMachineTemplate(plan.template);
  const { vmType, arch } = plan.cell ?? {};
  const template =
    vmType === undefined && arch === undefined
      ? read
      : read.with({ ...(vmType && { vmType }), ...(arch && { arch }) });
  const lima = await findTools(run);
  const image = await obtainImageUnderTest(run);
  measurements.imageBytes = image.bytes;
  const mounts = hostMounts(template, env);
  const context: CheckContext = {
    signal: run.app.signal,
    env,
    image,
    ...(options.project !== undefined && { project: { directory: run.directory } }),
    ...(mounts && { host: mounts }),
  };
  await makeChecks(run, "image", context);
  await makeChecks(run, "project", context);
  const rendered = withStoredImage(template, image, arch).render();
  const rounds = options.repeat ?? 1;
  for (let round = 1; round <= rounds; round++) {
    if (rounds > 1) run.app.output.say(`round ${round} of ${rounds}`);
    run.recorder.beginRound();
    run.artifacts.beginRound(rounds > 1 ? round : undefined);
    await inVm(run, lima, rendered, context);
    // A VM that was kept has the name that the next round wants.
    if (run.kept !== undefined) return;
  }
}
