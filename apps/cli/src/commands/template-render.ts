import { resolve } from "node:path";

import { readMachineTemplate } from "@sysinit-internal/machine";

import type { CommandContext } from "../command-context.ts";

export async function templateRender(context: CommandContext, file: string | undefined): Promise<void> {
  const template = await readMachineTemplate(
    file === undefined ? undefined : resolve(context.directory, file),
  );
  context.output.data(template.value, template.render());
}
