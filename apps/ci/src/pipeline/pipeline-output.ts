import { createOutput, type Output, type OutputOptions } from "@sysinit-internal/terminal";

import { guarded } from "./guard.ts";
import { jsonText } from "./json-text.ts";
import type { Pipeline } from "./pipeline.ts";
import { sectionsOf } from "./sections.ts";

/**
 * The output of a run: without a terminal everything is made harmless for the log of a pipeline, and each step is a section
 * where the pipeline knows such. What ends a step stands after its section, where it is seen when that is folded.
 */
export function pipelineOutput(options: OutputOptions, pipeline: Pipeline): Output {
  const stderr = process.stderr.isTTY && pipeline === "none" ? process.stderr : guarded(process.stderr);
  const stdout = process.stdout.isTTY && pipeline === "none" ? process.stdout : guarded(process.stdout);
  const output = createOutput({ ...options, stdout, stderr });
  const sections = options.quiet ? undefined : sectionsOf(pipeline);
  return {
    ...output,
    data: (value, text) =>
      options.json ? void process.stdout.write(`${jsonText(value)}\n`) : output.data(value, text),
    step(title) {
      if (sections === undefined) return output.step(title);
      process.stderr.write(sections.open(title));
      const step = output.step(title);
      let open = true;
      const closed = (end: (text?: string) => void) => (text?: string) => {
        if (open) process.stderr.write(sections.close());
        open = false;
        end(text);
      };
      return { ...step, done: closed(step.done), failed: closed(step.failed) };
    },
  };
}
