import { z } from "zod";

import { oneLine } from "../limactl/log-line.ts";

/** Where a guest of this project says how its setup and the provision scripts went: nix/guest/status.sh. */
export const guestReportFile = "/run/lima/status.json";

const reportSchema = z.object({
  version: z.literal(1),
  steps: z.array(
    z.object({
      name: z.string(),
      ok: z.boolean(),
      exitCode: z.int().catch(1),
      messages: z.array(z.string()).catch([]),
    }),
  ),
});

/**
 * The steps that failed, one line each. limactl says READY whatever they did. A text that is no report, as of a guest that
 * writes none, has no opinion.
 */
export function failedSteps(text: string): string[] {
  return readReport(text)
    .filter((step) => !step.ok)
    .map(({ name, exitCode, messages }) => {
      const said = oneLine(messages.join("\n"));
      return `the guest's step ${name} failed: ${said === "" ? `status ${exitCode}` : said}`;
    });
}

function readReport(text: string): z.output<typeof reportSchema>["steps"] {
  try {
    return reportSchema.safeParse(JSON.parse(text)).data?.steps ?? [];
  } catch {
    return [];
  }
}
