import { z } from "zod";

import { aborted } from "../../errors/from-system.ts";
import { ImageStoreError } from "../../errors/image-store-error.ts";
import { plainText } from "../http/plain-text.ts";
import type { CredentialSearch } from "./credential-search.ts";
import type { RegistryCredentials } from "./credentials.ts";

// The protocol is that of github.com/docker/docker-credential-helpers: the server on stdin, JSON on stdout, and an error
// on stdout as well.
const answerSchema = z.object({ Username: z.string(), Secret: z.string() });
const notFound = /credentials not found|no credentials/i;
/** The user name that stands for "the secret is an identity token". */
const tokenUser = "<token>";
// Long enough to unlock a key ring.
const helperTimeoutMs = 60_000;

/**
 * Asks the program `docker-credential-NAME`. Undefined when it knows nothing of the server.
 *
 * @throws ImageStoreError CREDENTIALS_UNAVAILABLE, ABORTED
 */
export async function askCredentialHelper(
  name: string,
  serverAddress: string,
  { env, signal }: CredentialSearch,
): Promise<RegistryCredentials | undefined> {
  const file = `docker-credential-${name}`;
  if (!/^[\w.-]+$/.test(name))
    throw unavailable(file, serverAddress, "its name holds more than letters, digits, '.', '_' and '-'");
  // Loaded only here, since most verbs, and most registries, do without it.
  const { runProcess } = await import("@sysinit-internal/process");
  const outcome = await runProcess({
    file,
    args: ["get"],
    env,
    input: serverAddress,
    timeoutMs: helperTimeoutMs,
    signal,
    maxOutputBytes: 1024 * 1024,
  });
  if (outcome.reason === "aborted") throw aborted(signal!);
  if (outcome.reason === "spawn-failed") {
    const why =
      outcome.spawnErrorCode === "ENOENT"
        ? "it is not on PATH"
        : `it cannot be started (${outcome.spawnErrorCode})`;
    throw unavailable(file, serverAddress, why);
  }
  if (outcome.reason === "timed-out")
    throw unavailable(file, serverAddress, `it did not end in ${helperTimeoutMs / 1000} s`);
  if (outcome.exitCode !== 0) {
    if (notFound.test(outcome.stdout)) return undefined;
    const said = plainText(outcome.stderr || outcome.stdout) || "it said nothing";
    throw unavailable(
      file,
      serverAddress,
      `it failed with status ${outcome.exitCode ?? outcome.signal}: ${said}`,
    );
  }
  const { Username: username, Secret: secret } = parseAnswer(outcome.stdout, file, serverAddress);
  if (username === "" && secret === "") return undefined;
  return username === tokenUser ? { identityToken: secret } : { username, password: secret };
}

function parseAnswer(stdout: string, file: string, serverAddress: string): z.output<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(stdout));
  } catch {
    // Neither the text nor the cause is told: it may hold the secret.
    throw unavailable(file, serverAddress, "what it printed is not the JSON of a credential helper");
  }
}

function unavailable(file: string, serverAddress: string, reason: string): ImageStoreError {
  return new ImageStoreError({
    code: "CREDENTIALS_UNAVAILABLE",
    message: `${file} gave no credentials for ${serverAddress}: ${reason}`,
    hint: "Docker's configuration names it: install it, or take it out of credHelpers or credsStore.",
    details: { helper: file, serverAddress, reason },
  });
}
