import { aborted } from "../../errors/from-system.ts";
import { ImageStoreError } from "../../errors/image-store-error.ts";
import { showUrl } from "../address/show-url.ts";
import { TransientFailure } from "./transient-failure.ts";

const transient: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  ETIMEDOUT: "the connection timed out",
  EHOSTUNREACH: "there is no way to its network",
  ENETUNREACH: "there is no way to its network",
  EAI_AGAIN: "the name service does not answer",
  UND_ERR_SOCKET: "the connection was cut",
  UND_ERR_CONNECT_TIMEOUT: "it does not accept the connection",
  UND_ERR_HEADERS_TIMEOUT: "it does not answer",
  UND_ERR_BODY_TIMEOUT: "it fell silent",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "it sent another number of bytes than it said",
};

const untrustedHint =
  "If it is a server of yours, name its authority in NODE_EXTRA_CA_CERTS; else do not trust it.";

/** An error of the connection: one that may pass, or one that will not. Errors of ours pass unchanged. */
export function fromConnection(error: unknown, url: URL, signal: AbortSignal | undefined): unknown {
  if (ImageStoreError.is(error) || error instanceof TransientFailure) return error;
  if (signal?.aborted) return aborted(signal);
  const code = codeOf(error);
  const details = { url: showUrl(url), ...(code === undefined ? {} : { errno: code }) };
  const why = code === undefined ? undefined : transient[code];
  if (why !== undefined) return new TransientFailure(`${url.host}: ${why}`, { details, cause: error });
  const { reason, hint } = permanent(code, error, url);
  return new ImageStoreError({
    code: "REMOTE_FAILED",
    message: `cannot reach ${url.host}: ${reason}`,
    hint,
    details,
    cause: error,
  });
}

function permanent(code: string | undefined, error: unknown, url: URL): { reason: string; hint: string } {
  const message = (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
  // undici tells the status of a proxy only in words.
  if (/\b407\b/.test(message)) {
    const hint = "Give them with its address: http://USER:PASSWORD@PROXY.";
    return { reason: "the proxy wants a user and a password (407)", hint };
  }
  if (code === "ENOTFOUND") {
    return { reason: "there is no host of that name", hint: "Check the address, and the network." };
  }
  if (code !== undefined && /CERT|SIGNATURE|ISSUER/.test(code)) {
    return { reason: `its certificate is not accepted (${message})`, hint: untrustedHint };
  }
  if (url.protocol === "https:" && (code === "EPROTO" || code?.startsWith("ERR_SSL"))) {
    return {
      reason: "it does not speak https",
      hint: "Check the port, or whether the server has only http.",
    };
  }
  return { reason: message, hint: "Check the address, the network and the proxy settings." };
}

// Of several addresses of a host each one failed: the first says as much as the others.
function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}
