import { LimaControlError } from "../failures/lima-control-error.ts";
import type { Probe, ProbeVerdict } from "./probe.ts";

// In the guest, without any program but the bash that limactl needs there anyway.
const script = `exec 3<>"/dev/tcp/$1/$2" && printf 'GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' "$3" "$4" >&3 &&
  IFS= read -r -t 10 -u 3 line && printf '%s' "$line"`;

/**
 * Ready when a GET of that address, made in the guest, is answered with the status; by default with any below 400.
 *
 * @param url `http:`, as the guest sees it: "http://127.0.0.1:8080/health".
 * @throws LimaControlError BAD_ARGUMENT for what is no such address
 */
export function http(url: string, options: { status?: number | undefined } = {}): Probe {
  const { hostname, port, pathname, search, host } = parse(url);
  const address = hostname.replace(/^\[(.*)\]$/, "$1");
  const argv = ["/bin/bash", "-c", script, "bash", address, port || "80", pathname + search, host];
  return {
    label: `${url} answers${options.status === undefined ? "" : ` with ${options.status}`}`,
    async check(vm, signal) {
      const { stdout } = await vm.tryExec(argv, { signal, timeoutMs: 30_000 });
      return judgeStatusLine(stdout, options.status);
    },
  };
}

/** Decides on the first line of an answer, RFC 9112 section 4. */
export function judgeStatusLine(line: string, wanted: number | undefined): ProbeVerdict {
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})\b/.exec(line)?.[1];
  if (status === undefined) {
    return { state: "pending", detail: line === "" ? "no answer" : "what answers is not HTTP" };
  }
  const fits = wanted === undefined ? Number(status) < 400 : Number(status) === wanted;
  return fits ? { state: "ready" } : { state: "pending", detail: `status ${status}` };
}

function parse(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === "http:") return parsed;
  throw new LimaControlError({
    code: "BAD_ARGUMENT",
    message: `${JSON.stringify(url)} is no address that can be waited for: it must begin with http://`,
    details: { url },
  });
}
