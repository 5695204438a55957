import { existsSync, rmSync } from "node:fs";

import { Fatal } from "../fatal.ts";
import { directoryOf, exists, fileOf, said, statusOf } from "../instance.ts";
import { log } from "../log.ts";
import { killAll } from "./stop.ts";

/** `delete NAME…`, `delete --force NAME…`. One that is missing is no failure; a directory without a template is. */
export function deleteInstances(args: readonly string[]): number {
  const force = args.includes("--force") || args.includes("-f");
  for (const name of args.filter((word) => !word.startsWith("-"))) {
    if (!exists(name)) {
      if (existsSync(directoryOf(name)))
        throw new Fatal(`failed to delete instance ${said(name)}: it has no lima.yaml`);
      log("warning", `Ignoring non-existent instance ${said(name)}`);
      continue;
    }
    if (existsSync(fileOf(name, "protected"))) {
      throw new Fatal(
        `failed to delete instance ${said(name)}: instance is protected to prohibit accidental removal (Hint: use \`limactl unprotect\`)`,
      );
    }
    const status = statusOf(name);
    if (!force && status !== "Stopped") {
      throw new Fatal(
        `failed to delete instance ${said(name)}: expected status ${said("Stopped")}, got ${said(status)}`,
      );
    }
    killAll(name);
    rmSync(directoryOf(name), { recursive: true, force: true });
    log("info", `Deleted ${said(name)} (${said(directoryOf(name))})`);
  }
  return 0;
}
