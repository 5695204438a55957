import { closest } from "@sysinit-internal/project/closest";
import { isCodedError, type CodedError } from "@sysinit-internal/errors";

import type { ImageReference } from "@sysinit/image-store";

import { liveNames } from "./completion/live-names.ts";

/** The same error with a hint for a person at a command line: a name that was probably meant, or a flag. */
export function withSuggestion(error: unknown, env: Readonly<Record<string, string | undefined>>): unknown {
  if (!isCodedError(error)) return error;
  const { details } = error;
  const names = liveNames(env);
  if (error.code === "INSTANCE_NOT_FOUND") return suggesting(error, details["instance"], names.instances());
  if (error.code === "IMAGE_NOT_FOUND") return suggesting(error, details["name"], names.images());
  if (error.code === "IMAGE_NEEDED" && isSoft(details["references"]))
    return hinting(
      error,
      "only its digest or a template names it: --allow-referenced removes it all the same",
    );
  return error;
}

/** Whether all that needs an image are references that may be overruled. */
function isSoft(references: unknown): boolean {
  return (references as ImageReference[]).every(({ strength }) => strength === "soft");
}

function suggesting(error: CodedError, given: unknown, there: readonly string[]): unknown {
  const meant = typeof given === "string" ? closest(given, there) : undefined;
  return meant === undefined ? error : hinting(error, `did you mean ${meant}?`);
}

function hinting(error: CodedError, hint: string): unknown {
  // All else of it stays: its class, brand and stack.
  return Object.create(error, { hint: { value: hint, enumerable: true } }) as unknown;
}
