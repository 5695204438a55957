import { ImageStoreError } from "../../errors/image-store-error.ts";
import { showUrl } from "../address/show-url.ts";
import type { HttpAnswer } from "./http-messages.ts";
import { plainText } from "./plain-text.ts";
import { readBody } from "./read-body.ts";
import { readRetryAfterMs } from "./retry-after.ts";
import { TransientFailure } from "./transient-failure.ts";

const transient: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
const longestExplanationBytes = 16 * 1024;

/**
 * An answer whose status is no success, as what it means: to be tried again, or an error. The errors that a registry
 * explains in JSON (OCI distribution specification, "Error Codes") are told.
 *
 * @param doing As "download https://…".
 */
export async function fromStatus(answer: HttpAnswer, doing: string, hints: StatusHints = {}): Promise<Error> {
  const { status, url } = answer;
  const explanation = await explain(answer);
  const details = { url: showUrl(url), status, ...(explanation === undefined ? {} : { explanation }) };
  const said = `${url.host} answered ${status}${explanation === undefined ? "" : ` (${explanation})`}`;
  if (transient.has(status)) {
    const retryAfterMs = readRetryAfterMs(answer.header("retry-after"));
    return new TransientFailure(said, { retryAfterMs, details });
  }
  const [code, hint] = meaning(status, hints);
  return new ImageStoreError({ code, message: `cannot ${doing}: ${said}`, hint, details });
}

export interface StatusHints {
  unauthorized?: string | undefined;
  notFound?: string | undefined;
}

function meaning(status: number, hints: StatusHints) {
  switch (status) {
    case 401:
    case 403:
      return [
        "REMOTE_UNAUTHORIZED",
        hints.unauthorized ?? "Check who may read it; a link with a signature in it may have run out.",
      ] as const;
    case 404:
    case 410:
      return ["REMOTE_NOT_FOUND", hints.notFound ?? "Check the address."] as const;
    default:
      return ["REMOTE_REFUSED", undefined] as const;
  }
}

interface RegistryErrors {
  errors?: { code?: unknown; message?: unknown }[];
}

async function explain(answer: HttpAnswer): Promise<string | undefined> {
  if (!/json/.test(answer.header("content-type") ?? "")) {
    answer.drop();
    return undefined;
  }
  try {
    const body = await readBody(answer, longestExplanationBytes);
    const [first] = (JSON.parse(body.toString("utf8")) as RegistryErrors).errors ?? [];
    const words = [first?.code, first?.message].filter((word) => typeof word === "string");
    return words.length === 0 ? undefined : plainText(words.join(": "));
  } catch {
    return undefined;
  }
}
