import type { CheckContext } from "@sysinit-internal/acceptance";
import { hostMounts, readMachineTemplate, withStoredImage } from "@sysinit-internal/machine";

import type { AcceptanceRun } from "./acceptance-run.ts";
import { findTools } from "./find-tools.ts";
import { inVm } from "./in-vm.ts";
import { makeChecks } from "./make-checks.ts";
import { obtainImageUnderTest } from "./obtain-image-under-test.ts";

/** The run itself: tools, image, checkout, VM, gone. Throws what makes going on pointless. */
export async function acceptance(run: AcceptanceRun): Promise<void> {
  const template = await readMachineTemplate(run.options.template);
  const lima = await findTools(run);
  const { image, source } = await obtainImageUnderTest(run);
  const { env } = process;
  const mounts = hostMounts(template, env);
  const context: CheckContext = {
    signal: run.app.signal,
    env,
    image: { ...image, isNixos: source.isNixos, why: source.why },
    ...(run.options.project !== undefined && { project: { directory: run.directory } }),
    ...(mounts && { host: mounts }),
  };
  await makeChecks(run, "image", context);
  await makeChecks(run, "project", context);
  await inVm(run, lima, withStoredImage(template, image).render(), context);
}
