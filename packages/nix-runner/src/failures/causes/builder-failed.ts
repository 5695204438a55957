import type { FailureCause } from "../failure.ts";
import { builderFailed as asFailure, builderFailureIn, parseBuilderFailure } from "../builder-failure.ts";
import { oneLine } from "../text.ts";

/** A builder ended badly, and nothing tells us more than its log does. */
export const builderFailed: FailureCause = (complaint, evidence) => {
  const found = builderFailureIn(complaint, evidence);
  if (found === undefined) return undefined;
  const { builder, lines, subject } = found;
  const lastWords = lines.findLast((line) => line.trim() !== "");
  const how =
    builder.signal === undefined ? `exit code ${builder.exitCode}` : `killed by signal ${builder.signal}`;
  const failure = asFailure(found, {
    code: "BUILD_FAILED",
    message: `${subject} failed to build (${how})${lastWords === undefined ? "" : `: ${oneLine(lastWords)}`}`,
    hint:
      builder.signal === 9
        ? "the kernel kills what takes too much memory: give the machine more, or build less at once (max-jobs)"
        : `the whole log: nix log ${builder.drvPath}`,
  });
  const others = evidence.complaints.flatMap(({ raw }) => parseBuilderFailure(raw) ?? []);
  return others.length > 1 ? { ...failure, details: { ...failure.details, failures: others } } : failure;
};
