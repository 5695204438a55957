import { formatFinding, type Finding } from "@sysinit/lima-template";
import { exitCodes } from "@sysinit-internal/terminal/exit-codes";

/** What `template validate` says of a file, or of the built-in template: as data, as text, as exit status. */
export function verdictOn(findings: readonly Finding[], file: string | undefined) {
  const ok = findings.every((finding) => finding.severity !== "error");
  const text = [
    ...findings.map(formatFinding),
    ...(ok ? [`${file ?? "the built-in template"}: OK`] : []),
  ].join("\n");
  return { value: { file: file ?? null, ok, findings }, text, exitCode: ok ? exitCodes.ok : exitCodes.usage };
}
