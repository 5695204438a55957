import type { Command } from "commander";

import { runCommand } from "../command-context.ts";
import { define, group, type Options } from "./define.ts";

/** Lima templates. */
export function defineTemplates(program: Command): void {
  const template = group(program, "template", "Work on Lima templates.");
  define(
    template,
    "render",
    "Print a template with its bases in one.",
    "lima-cli template render > machine.yaml",
  )
    .argument("[FILE]", "by default the built-in template")
    .action((file: string | undefined, options: Options) =>
      runCommand(options, async (context) =>
        (await import("../commands/template-render.ts")).templateRender(context, file),
      ),
    );
  define(
    template,
    "validate",
    "Check a template; exit status 2 with file:line:col, rule and hint for each finding.",
    "lima-cli template validate machine.yaml",
  )
    .argument("[FILE]", "by default the built-in template")
    .action((file: string | undefined, options: Options) =>
      runCommand(options, async (context) =>
        (await import("../commands/template-validate.ts")).templateValidate(context, file),
      ),
    );
}
