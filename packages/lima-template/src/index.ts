export { checkAgainstImage, type ImageFacts } from "./check-against-image.ts";
export { defineTemplate } from "./define-template.ts";
export type {
  ImageDefinition,
  MountDefinition,
  NetworkDefinition,
  PortForwardDefinition,
  ProbeDefinition,
  ProvisionDefinition,
} from "./definition/entries.ts";
export type { TemplateChanges, TemplateDefinition } from "./definition/template-definition.ts";
export { formatFinding } from "./format-finding.ts";
export { literal } from "./literals/literal.ts";
export { shell, type ShellValue } from "./literals/shell.ts";
export { yq, type YqValue } from "./literals/yq.ts";
export { loadTemplate, type LoadOptions } from "./load-template.ts";
export { readTemplate, type ReadOptions } from "./read-template.ts";
export type { TemplateContext, TemplateReading } from "./reading/read-text.ts";
export type { Template } from "./template.ts";
export type { TemplateImage, TemplateMount, TemplateValue } from "./schema/template-schema.ts";
export { findingCodes, type FindingCode } from "./findings/codes.ts";
export type { Finding, Severity } from "./findings/finding.ts";
export { limaTemplateErrorCodes, type LimaTemplateErrorCode } from "./failures/error-codes.ts";
export { LimaTemplateError } from "./failures/lima-template-error.ts";
