import { safeLine } from "@sysinit-internal/terminal";

import type { Pipeline } from "./pipeline.ts";

/** The parts that a pipeline's log can fold. One is open at a time: GitHub's cannot be nested. */
export interface Sections {
  open(title: string): string;
  close(): string;
}

/** What to write where a section begins and ends. `nowMs` is the time, for GitLab, which shows how long it took. */
export function sectionsOf(pipeline: Pipeline, nowMs: () => number = Date.now): Sections | undefined {
  let count = 0;
  const seconds = () => Math.floor(nowMs() / 1000);
  switch (pipeline) {
    case "github":
      return { open: (title) => `::group::${safeLine(title)}\n`, close: () => "::endgroup::\n" };
    case "gitlab":
      return {
        open(title) {
          count += 1;
          return `\u001b[0Ksection_start:${seconds()}:lima_ci_${count}[collapsed=true]\r\u001b[0K${safeLine(title)}\n`;
        },
        close: () => `\u001b[0Ksection_end:${seconds()}:lima_ci_${count}\r\u001b[0K\n`,
      };
    case "buildkite":
      return { open: (title) => `--- ${safeLine(title)}\n`, close: () => "" };
    case "none":
      return undefined;
  }
}
