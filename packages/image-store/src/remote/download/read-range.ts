import type { HttpAnswer } from "../http/http-messages.ts";
import { plainText } from "../http/plain-text.ts";

/** What an answer gives of the file that is downloaded. */
export type RangeAnswer =
  /** What is missing, from where we are. */
  | { gives: "rest"; totalBytes: number | undefined }
  /** The file from its beginning. */
  | { gives: "all"; totalBytes: number | undefined }
  /** Nothing: there is no more than what we have. */
  | { gives: "nothing-more" }
  /** Nothing that fits; without a range it has to be asked for again. */
  | { gives: "other"; reason: string };

/**
 * Reads an answer with status 200, 206 or 416 to a request for the bytes from `fromBytes` on (RFC 9110, 14 and 15.3.7).
 *
 * @param knownBytes Size of the file, as an earlier answer told it.
 */
export function readRange(
  answer: Pick<HttpAnswer, "status" | "header">,
  fromBytes: number,
  knownBytes: number | undefined,
): RangeAnswer {
  if (answer.status === 200) return { gives: "all", totalBytes: readNumber(answer.header("content-length")) };
  const [, first, total] =
    /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(answer.header("content-range") ?? "") ?? [];
  const totalBytes = readNumber(total);
  if (answer.status === 416) {
    if (totalBytes === fromBytes) return { gives: "nothing-more" };
    return {
      gives: "other",
      reason: `the server has ${totalBytes ?? "less than the"} bytes that are here already`,
    };
  }
  if (readNumber(first) !== fromBytes) {
    return {
      gives: "other",
      reason: `the server sent ${JSON.stringify(plainText(answer.header("content-range") ?? "no range"))} when it was asked for the bytes from ${fromBytes} on`,
    };
  }
  if (knownBytes !== undefined && totalBytes !== undefined && totalBytes !== knownBytes) {
    return { gives: "other", reason: `the file has ${totalBytes} bytes now, ${knownBytes} before` };
  }
  return { gives: "rest", totalBytes: totalBytes ?? knownBytes };
}

function readNumber(text: string | undefined): number | undefined {
  const number = text === undefined || !/^\d+$/.test(text) ? NaN : Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}
