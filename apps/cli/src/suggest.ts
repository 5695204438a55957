import { closest } from "@sysinit-internal/project/closest";
import { isCodedError, type CodedError } from "@sysinit-internal/errors";

import { liveNames } from "./completion/live-names.ts";

/** Of an error about a name that there is not, the same error with the name that was probably meant. */
export function withSuggestion(error: unknown, env: Readonly<Record<string, string | undefined>>): unknown {
  if (!isCodedError(error)) return error;
  const { details } = error;
  const names = liveNames(env);
  if (error.code === "INSTANCE_NOT_FOUND") return suggesting(error, details["instance"], names.instances());
  if (error.code === "IMAGE_NOT_FOUND") return suggesting(error, details["name"], names.images());
  return error;
}

function suggesting(error: CodedError, given: unknown, there: readonly string[]): unknown {
  const meant = typeof given === "string" ? closest(given, there) : undefined;
  if (meant === undefined) return error;
  // All else of it stays: its class, brand and stack.
  return Object.create(error, { hint: { value: `did you mean ${meant}?`, enumerable: true } }) as unknown;
}
