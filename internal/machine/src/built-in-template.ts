import { fileURLToPath } from "node:url";

import { loadTemplate, readTemplate, type TemplateReading } from "@sysinit/lima-template";

/** lima/templates/minimal.yaml with its base, put in here when the apps are bundled. */
declare const BUILT_IN_TEMPLATE: string | undefined;

/** The template of a machine whose user names none. */
export async function builtInTemplate(): Promise<TemplateReading> {
  if (typeof BUILT_IN_TEMPLATE === "string")
    return readTemplate({ text: BUILT_IN_TEMPLATE, file: "minimal.yaml" });
  return loadTemplate(fileURLToPath(new URL("../../../lima/templates/minimal.yaml", import.meta.url)));
}
