import { cpSync, existsSync, rmSync } from "node:fs";
import { basename } from "node:path";

import { Fatal } from "../fatal.ts";
import { directoryOf, exists, said, statusOf } from "../instance.ts";
import { isAtLeast } from "../settings.ts";

export function clone([from = "", to = ""]: readonly string[]): number {
  if (!isAtLeast("1.2")) throw new Fatal('unknown command "clone" for "limactl"');
  if (!exists(from)) throw new Fatal(`instance ${said(from)} not found`);
  if (from === to) throw new Fatal(`new instance name ${said(to)} must be different from ${said(from)}`);
  if (existsSync(directoryOf(to))) throw new Fatal(`instance ${said(to)} already exists`);
  if (statusOf(from) === "Running") throw new Fatal("cannot clone a running instance");
  // pkg/limatype/filenames/filenames.go, SkipOnClone.
  const skipped = (path: string) => /^protected$|\.(?:pid|sock|tmp)$/.test(basename(path));
  cpSync(directoryOf(from), directoryOf(to), { recursive: true, filter: (path) => !skipped(path) });
  return 0;
}

export function rename(names: readonly string[]): number {
  if (!isAtLeast("2.0")) throw new Fatal('unknown command "rename" for "limactl"');
  clone(names);
  rmSync(directoryOf(names[0]!), { recursive: true });
  return 0;
}
