import { createSign, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";

import { temporaryDirectory } from "../temporary-directory.ts";
import { startServer, type TestServer } from "./server.ts";

export const service = "registry.test";
export const account = { username: "team", password: "se:cret" };
export const identityToken = "identity-of-the-team";

/**
 * A token server as the distribution project's "Token Authentication Specification" has it: everybody may pull, the account
 * may push. What it signs, a real registry with `auth` checks.
 */
export async function startTokenServer(): Promise<TestServer & { auth: object; asked: string[] }> {
  const pem = await generate([{ name: "commonName", value: "token server" }], {
    keyType: "ec",
    algorithm: "sha256",
  });
  const certificate = join(temporaryDirectory(), "token-server.pem");
  writeFileSync(certificate, pem.cert);
  const asked: string[] = [];

  const server = await startServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const query = request.method === "POST" ? form : new URL(request.url!, "http://x").searchParams;
      const { authorization } = request.headers;
      const basic = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;
      const known = authorization === basic || form.get("refresh_token") === identityToken;
      if (!known && (authorization !== undefined || request.method === "POST")) {
        response.writeHead(401).end();
        return;
      }
      const scopes = query.getAll("scope").flatMap((scope) => scope.split(" "));
      asked.push(`${known ? "team" : "nobody"} ${scopes.join(" ")}`);
      const token = sign(pem, scopes, known);
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(request.method === "POST" ? { access_token: token } : { token }));
    });
  });
  const realm = `${server.origin}/token`;
  return {
    ...server,
    asked,
    auth: { token: { realm, service, issuer: "tests", rootcertbundle: certificate } },
  };
}

function sign(pem: { cert: string; private: string }, scopes: readonly string[], known: boolean): string {
  const now = Math.floor(Date.now() / 1000);
  const access = scopes.map((scope) => {
    const [type, name, actions = ""] = scope.split(":");
    return { type, name, actions: actions.split(",").filter((action) => known || action === "pull") };
  });
  const der = pem.cert.replace(/-----[^-]+-----|\s/g, "");
  const header = { typ: "JWT", alg: "ES256", x5c: [der] };
  const claims = {
    iss: "tests",
    aud: service,
    sub: known ? "team" : "",
    iat: now,
    nbf: now - 5,
    exp: now + 300,
    jti: randomUUID(),
    access,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode(header)}.${encode(claims)}`;
  const signature = createSign("sha256")
    .update(signed)
    .sign({ key: pem.private, dsaEncoding: "ieee-p1363" }, "base64url");
  return `${signed}.${signature}`;
}
