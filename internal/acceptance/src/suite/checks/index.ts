import { probes } from "@sysinit/lima-control";

import type { Check } from "../../check.ts";
import { imageSizeBelow } from "../../checks/image.ts";
import { checks as builtins } from "../../checks/index.ts";
import { checkIdOf } from "../check-id.ts";
import { bytesOf } from "../bytes-of.ts";
import type { Suite } from "../read-suite.ts";
import type { SuiteCheck } from "../suite-schema.ts";
import { judgeCommand } from "./command.ts";
import { judgeFile } from "./file.ts";
import { defaultTimeoutMs, graceMs } from "./limits.ts";
import { judgeProbe } from "./probe.ts";

/** The checks of a suite, in its order; before them the size of the image where the suite limits it. */
export function checksOf({ file, value, checkLines }: Suite): Check[] {
  const own = value.checks.map((check, index): Check => {
    const line = checkLines[index];
    return { ...checkOf(check), ...(line !== undefined && { source: { file, line } }) };
  });
  const most = value.limits?.imageBytes;
  if (most === undefined) return own;
  const size = imageSizeBelow(
    bytesOf(most),
    `The image is smaller than ${most}${typeof most === "number" ? " bytes" : ""}`,
  );
  return [size, ...own.filter(({ id }) => id !== size.id)];
}

function checkOf(check: SuiteCheck): Check {
  const { needs, group, timeoutSeconds } = check;
  const timing = {
    timeoutMs: (timeoutSeconds === undefined ? defaultTimeoutMs : timeoutSeconds * 1000) + graceMs,
    ...(needs && { needs }),
    ...(group !== undefined && { group }),
  };
  if ("builtin" in check) {
    const builtin = builtins.find(({ id }) => id === check.builtin)!;
    return { ...builtin, ...timing };
  }
  const id = checkIdOf(check);
  const guest = (section: string, title: string, run: Check["run"]): Check => ({
    id,
    section: check.section ?? section,
    title: check.title ?? title,
    stage: "guest",
    ...timing,
    run,
  });
  if ("command" in check)
    return guest("Commands", check.command.join(" "), (context) => judgeCommand(check, context));
  if ("script" in check) return guest("Commands", check.id, (context) => judgeCommand(check, context));
  if ("unit" in check) {
    const probe = probes.unit(check.unit);
    return guest("Units", probe.label, (context) => judgeProbe(probe, timeoutSeconds, context));
  }
  if ("port" in check) {
    const probe = probes.port(check.port);
    return guest("Ports", probe.label, (context) => judgeProbe(probe, timeoutSeconds, context));
  }
  const title = `${check.file} is ${check.absent === true ? "not " : ""}there`;
  return guest("Files", title, (context) => judgeFile(check, context));
}
