import type { StoredImage } from "@sysinit/image-store";
import {
  checkAgainstImage,
  formatFinding,
  loadTemplate,
  type Finding,
  type Template,
  type TemplateReading,
} from "@sysinit/lima-template";

import { builtInTemplate } from "./built-in-template.ts";
import { limaArch } from "./guest-system.ts";
import { MachineError } from "./machine-error.ts";

/** The template of a machine: the user's file or the built-in one. Throws TEMPLATE_INVALID with every finding. */
export async function readMachineTemplate(file: string | undefined): Promise<Template> {
  const reading = file === undefined ? await builtInTemplate() : await loadTemplate(file);
  return accepted(reading, file ?? "the built-in template");
}

/**
 * The template with the image that this machine is made from: by its real path and digest, never by the latest link,
 * so that the instance can be made again as it was and Lima checks what it copies.
 *
 * @param arch Of the guest; by default this machine's.
 */
export function withStoredImage(
  template: Template,
  image: StoredImage,
  arch: "x86_64" | "aarch64" = limaArch() as "x86_64" | "aarch64",
): Template {
  const prepared = template.withImages([{ location: image.file, arch, digest: `sha256:${image.sha256}` }]);
  const findings = checkAgainstImage(prepared, image).filter((finding) => finding.severity === "error");
  if (findings.length > 0) throw invalid(findings, template.file ?? "the template");
  return prepared;
}

function accepted(reading: TemplateReading, name: string): Template {
  const errors = reading.findings.filter((finding) => finding.severity === "error");
  if (reading.template === undefined || errors.length > 0) throw invalid(errors, name);
  return reading.template;
}

function invalid(findings: readonly Finding[], name: string): MachineError {
  const count = findings.length === 1 ? "1 error" : `${findings.length} errors`;
  return new MachineError({
    code: "TEMPLATE_INVALID",
    message: `${name} has ${count}: ${findings[0]?.message ?? "not a template"}`,
    hint: "lima-cli template validate FILE shows each with its place",
    details: { findings, logTail: findings.flatMap((finding) => formatFinding(finding).split("\n")) },
  });
}
