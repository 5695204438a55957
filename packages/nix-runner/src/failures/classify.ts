import { isDependencySummary } from "./builder-failure.ts";
import { failureCauses } from "./causes/index.ts";
import type { Complaint, Failure, FailureEvidence } from "./failure.ts";
import { oneLine, shellWord } from "./text.ts";

const longestMessage = 8192;

/**
 * Names the cause of a failed build. nix's last error is the authoritative one, except that "a dependency failed" stands for
 * the first error of the dependency. nix exits with 1 whatever happened, so the text is all there is.
 */
export function classify(evidence: FailureEvidence): Failure {
  const final = evidence.complaints.at(-1);
  for (const complaint of subjects(evidence)) {
    for (const explain of failureCauses) {
      const failure = explain(complaint, evidence);
      if (failure !== undefined) return withMessage(failure, final ?? complaint);
    }
  }
  return withMessage(unknownCause(evidence), final);
}

function* subjects(evidence: FailureEvidence): Generator<Complaint> {
  const final = evidence.complaints.at(-1);
  const loose = evidence.talk.filter((text) => /^error:/.test(text)).map(fromText);
  if (final === undefined) {
    // A nix that fails before it logs as asked.
    yield* loose.toReversed();
    return;
  }
  if (!isDependencySummary(final.raw)) {
    yield final;
    return;
  }
  yield* evidence.complaints.filter(({ raw }) => !isDependencySummary(raw));
  // A daemon reports the dependency's error as plain text. So could a builder: it must be about something that was built.
  yield* loose.filter(({ raw }) => [...evidence.started].some((drvPath) => raw.includes(drvPath)));
  yield final;
}

function fromText(text: string): Complaint {
  const whole = text.replace(/^error:\s*/, "").trim();
  return { raw: whole, whole, position: undefined };
}

function unknownCause({ installable, complaints, talk }: FailureEvidence): Failure {
  const why = complaints.at(-1)?.raw ?? talk.at(-1) ?? "it gave no reason";
  return {
    code: "NIX_FAILED",
    message: `nix could not build ${installable}: ${oneLine(why)}`,
    hint: `see what nix says by itself: nix build ${shellWord(installable)}`,
  };
}

function withMessage(failure: Failure, complaint: Complaint | undefined): Failure {
  if (complaint === undefined) return failure;
  return {
    ...failure,
    details: { ...failure.details, nixMessage: complaint.whole.slice(0, longestMessage) },
  };
}
