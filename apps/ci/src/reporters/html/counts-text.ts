import type { Report } from "@sysinit-internal/acceptance";
import { formatSeconds } from "@sysinit-internal/terminal";

export function countsText({ pass, fail, error, skip }: Report["counts"], seconds: number): string {
  return `${pass} passed, ${fail} failed, ${error} not judged, ${skip} skipped in ${formatSeconds(seconds)}`;
}
