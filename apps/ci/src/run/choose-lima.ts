import { delimiter, dirname, resolve } from "node:path";

import { createLima, detectAccelerator, type Accelerator, type Lima } from "@sysinit/lima-control";

import { LimaCiError } from "../lima-ci-error.ts";
import type { AcceptanceRun } from "./acceptance-run.ts";

/**
 * The limactl of a run: of those that are given, by default the one on PATH, the first that has the version of the cell.
 * One that is given by its path comes first on the PATH of everything that the run starts.
 */
export async function chooseLima(
  run: AcceptanceRun,
): Promise<{ lima: Lima; version: string; accelerator: Accelerator }> {
  const { options, plan, app } = run;
  const { signal } = app;
  const wanted = plan.cell?.lima;
  const seen: string[] = [];
  for (const limactl of options.limactl ?? ["limactl"]) {
    const env = limactl.includes("/") ? withFirst(dirname(resolve(limactl)), run.env) : run.env;
    const arch = plan.cell?.arch;
    const accelerator = await detectAccelerator({ env, ...(arch && { arch }) });
    const lima = createLima({
      env,
      accelerator,
      ...(limactl.includes("/") && { limactl: resolve(limactl) }),
    });
    const { version } = await lima.info({ signal });
    if (wanted === undefined || version === wanted) {
      run.env = env;
      return { lima, version, accelerator };
    }
    seen.push(`${limactl} is ${version}`);
  }
  throw new LimaCiError({
    code: "LIMA_VERSION_ABSENT",
    message: `cell ${plan.id} wants limactl ${wanted}; ${seen.join(", ")}`,
    hint: "put that limactl first on PATH, or name it with --limactl",
    details: { wanted, seen },
  });
}

function withFirst(
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return { ...env, PATH: `${directory}${delimiter}${env["PATH"] ?? ""}` };
}
