import type { FailureCause } from "../failure.ts";
import { describeBuild } from "../builder-failure.ts";

/** A builder exited with 0 and left nothing. */
export const outputMissing: FailureCause = ({ raw }, evidence) => {
  const match = /'([^']+\.drv)' failed to produce output path for output '([^']+)'/.exec(raw);
  if (match === null) return undefined;
  const { subject, details } = describeBuild({ drvPath: match[1]! }, evidence);
  return {
    code: "OUTPUT_MISSING",
    message: `${subject} failed to build: its builder made no output ${match[2]}`,
    hint: `let the builder write to $${match[2]}`,
    details: { ...details, output: match[2] },
  };
};
