import { readFileSync } from "node:fs";
import type { AgentOptions } from "node:http";

import type { Environment } from "./nix/environment.ts";

export interface AnswersBinaryCacheOptions {
  /** Default: the environment of this process; its proxies and NIX_SSL_CERT_FILE are used as nix does. */
  env?: Environment | undefined;
  /** Default: https://cache.nixos.org */
  url?: string | undefined;
  /** Milliseconds for the whole question; default 3000. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

const longestAnswer = 64 * 1024;

/**
 * Whether a binary cache answers as one: GET `<url>/nix-cache-info`. Never throws; what cannot be reached, answers otherwise
 * or too late does not answer.
 */
export async function answersBinaryCache({
  env = process.env,
  url = "https://cache.nixos.org",
  timeoutMs = 3000,
  signal,
}: AnswersBinaryCacheOptions = {}): Promise<boolean> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await get(
      new URL(`${url.replace(/\/+$/, "")}/nix-cache-info`),
      env,
      signal ? AbortSignal.any([signal, deadline]) : deadline,
    );
    return /^StoreDir: \//m.test(answer);
  } catch {
    return false;
  }
}

async function get(url: URL, env: Environment, signal: AbortSignal): Promise<string> {
  // Loaded here: a build has no use for them and need not wait.
  const { request, Agent } = (await import(
    url.protocol === "http:" ? "node:http" : "node:https"
  )) as typeof import("node:https");
  const certificates = url.protocol === "https:" ? await ownCertificates(env) : undefined;
  return new Promise((resolve, reject) => {
    // Node before 22.21 does not know `proxyEnv` and then asks without a proxy.
    const agent = new Agent({ proxyEnv: env } as AgentOptions);
    const asked = request(
      url,
      { agent, signal, ...(certificates === undefined ? {} : { ca: certificates }) },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
          if (text.length > longestAnswer) asked.destroy(new Error("the answer is too long"));
        });
        response.on("error", reject);
        response.on("end", () =>
          response.statusCode === 200 ? resolve(text) : reject(new Error(`status ${response.statusCode}`)),
        );
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}

async function ownCertificates(env: Environment): Promise<string[] | undefined> {
  const { rootCertificates } = await import("node:tls");
  const file = env["NIX_SSL_CERT_FILE"] || env["SSL_CERT_FILE"];
  return file ? [...rootCertificates, readFileSync(file, "utf8")] : undefined;
}
