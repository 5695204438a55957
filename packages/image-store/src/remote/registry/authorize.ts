import { z } from "zod";

import { ImageStoreError } from "../../errors/image-store-error.ts";
import type { RegistryCredentials } from "../credentials/credentials.ts";
import { fromStatus } from "../http/from-status.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { HttpRequest } from "../http/http-messages.ts";
import { plainText } from "../http/plain-text.ts";
import { readBody } from "../http/read-body.ts";
import type { Challenge } from "./challenge.ts";

const tokenSchema = z
  .object({ token: z.string().optional(), access_token: z.string().optional() })
  .transform(({ token, access_token }) => token || access_token);
const longestTokenBytes = 1024 * 1024;

export interface Authorization {
  registry: string;
  repository: string;
  /** As "pull" or "pull,push". */
  actions: string;
  credentials: RegistryCredentials | undefined;
  /** Whether a token may be had without https. */
  plainHttp: boolean;
}

/**
 * The Authorization header that answers a challenge; undefined when none of it can be answered. Bearer tokens come from
 * the registry's token server: the flow is that of the distribution project's "Token Authentication Specification", with
 * "OAuth2 Token Authentication" for identity tokens.
 *
 * @throws ImageStoreError REMOTE_UNAUTHORIZED, REMOTE_ANSWER_BAD, REMOTE_FAILED; TransientFailure
 */
export async function authorize(
  client: HttpClient,
  challenges: readonly Challenge[],
  wanted: Authorization,
): Promise<string | undefined> {
  const { credentials } = wanted;
  if (credentials !== undefined && "registryToken" in credentials)
    return `Bearer ${credentials.registryToken}`;
  const bearer = challenges.find(({ scheme }) => scheme === "bearer");
  if (bearer !== undefined) return `Bearer ${await fetchToken(client, bearer, wanted)}`;
  const basic = challenges.some(({ scheme }) => scheme === "basic");
  if (basic && credentials !== undefined && "username" in credentials) return basicAuthorization(credentials);
  return undefined;
}

async function fetchToken(client: HttpClient, challenge: Challenge, wanted: Authorization): Promise<string> {
  const realm = URL.parse(challenge.parameters["realm"] ?? "");
  if (realm === null || !(realm.protocol === "https:" || (realm.protocol === "http:" && wanted.plainHttp))) {
    throw badToken(
      wanted,
      `its token server ${JSON.stringify(plainText(challenge.parameters["realm"] ?? ""))} is no https address`,
    );
  }
  const answer = await client.send(tokenRequest(realm, challenge, wanted));
  if (answer.status !== 200) {
    const hint = loginHint(wanted.registry);
    throw await fromStatus(answer, `get a token for ${wanted.registry}/${wanted.repository}`, {
      unauthorized: hint,
    });
  }
  const body = await readBody(answer, longestTokenBytes);
  const parsed = tokenSchema.safeParse(parseJson(body));
  if (parsed.success && parsed.data) return parsed.data;
  throw badToken(wanted, `its token server ${realm.host} gave no token`);
}

function tokenRequest(realm: URL, { parameters }: Challenge, wanted: Authorization): HttpRequest {
  const { credentials } = wanted;
  const service = parameters["service"];
  const scopes = scopesOf(parameters["scope"], wanted);
  if (credentials !== undefined && "identityToken" in credentials) {
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      client_id: "sysinit-image-store",
      refresh_token: credentials.identityToken,
      scope: scopes.join(" "),
      ...(service === undefined ? {} : { service }),
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return { method: "POST", url: realm, headers, body: Buffer.from(form.toString()) };
  }
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  for (const scope of scopes) url.searchParams.append("scope", scope);
  const authorized = credentials !== undefined && "username" in credentials;
  return {
    method: "GET",
    url,
    headers: authorized ? { authorization: basicAuthorization(credentials) } : {},
  };
}

// A registry asks for what one request needs; we for all that will follow.
function scopesOf(asked: string | undefined, { repository, actions }: Authorization): string[] {
  const ours = `repository:${repository}:${actions}`;
  const others = (asked ?? "")
    .split(" ")
    .filter((scope) => scope !== "" && !scope.startsWith(`repository:${repository}:`));
  return [ours, ...others];
}

export function basicAuthorization({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** What to do when a registry does not let us in. */
export function loginHint(registry: string): string {
  return `Log in (docker login ${registry}, or oras login ${registry}), or give credentials.`;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function badToken({ registry }: Authorization, reason: string): ImageStoreError {
  return new ImageStoreError({
    code: "REMOTE_ANSWER_BAD",
    message: `the registry ${registry} cannot be logged in to: ${reason}`,
    hint: "Tell whoever keeps the registry.",
    details: { registry, reason },
  });
}
