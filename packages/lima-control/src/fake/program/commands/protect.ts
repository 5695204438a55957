import { existsSync, rmSync, writeFileSync } from "node:fs";

import { Fatal } from "../fatal.ts";
import { exists, fileOf, said } from "../instance.ts";
import { log } from "../log.ts";

export function protect(names: readonly string[]): number {
  for (const name of names) {
    requireThere(name);
    if (existsSync(fileOf(name, "protected")))
      log("warning", `Instance ${said(name)} is already protected. Skipping.`);
    writeFileSync(fileOf(name, "protected"), "");
    log("info", `Protected ${said(name)}`);
  }
  return 0;
}

export function unprotect(names: readonly string[]): number {
  for (const name of names) {
    requireThere(name);
    if (!existsSync(fileOf(name, "protected")))
      log("warning", `Instance ${said(name)} isn't protected. Skipping.`);
    rmSync(fileOf(name, "protected"), { force: true });
    log("info", `Unprotected ${said(name)}`);
  }
  return 0;
}

function requireThere(name: string): void {
  if (exists(name)) return;
  throw new Fatal(
    `failed to inspect instance ${said(name)}: open ${fileOf(name, "lima.yaml")}: no such file or directory`,
  );
}
