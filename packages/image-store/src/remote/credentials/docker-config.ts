import { FilesError, readJsonFile } from "@sysinit-internal/files";
import { join } from "node:path";
import { z } from "zod";

import { ImageStoreError } from "../../errors/image-store-error.ts";
import { askCredentialHelper } from "./credential-helper.ts";
import type { CredentialSearch } from "./credential-search.ts";
import type { RegistryCredentials } from "./credentials.ts";

// The file is documented with `docker login`; its fields with github.com/docker/cli, cli/config/configfile.
const entrySchema = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
  registrytoken: z.string().optional(),
});
const dockerConfigSchema = z.object({
  auths: z.record(z.string(), entrySchema).nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
  credsStore: z.string().nullish(),
});

// docker.io is the one host whose credentials are not kept under its own name.
const dockerHubHosts: ReadonlySet<string> = new Set(["docker.io", "index.docker.io", "registry-1.docker.io"]);
const dockerHubKey = "https://index.docker.io/v1/";

/**
 * What Docker's configuration (`$DOCKER_CONFIG/config.json`, by default `~/.docker/config.json`) knows of a registry: from
 * the helper of that registry, else from the one store for all, else from the file. ORAS, Helm and others use the same.
 *
 * @throws ImageStoreError CREDENTIALS_UNAVAILABLE, ABORTED
 */
export async function findDockerCredentials(
  registry: string,
  search: CredentialSearch,
): Promise<RegistryCredentials | undefined> {
  const path = dockerConfigPath(search.env);
  const config = path === undefined ? undefined : await readDockerConfig(path);
  if (config === undefined) return undefined;
  const serverAddress = dockerHubHosts.has(registry) ? dockerHubKey : registry;
  const helper = config.credHelpers?.[registry] ?? config.credHelpers?.[serverAddress] ?? config.credsStore;
  if (helper) return await askCredentialHelper(helper, serverAddress, search);
  const entries = Object.entries(config.auths ?? {});
  const found =
    entries.find(([key]) => key === serverAddress) ??
    entries.find(([key]) => hostOf(key) === hostOf(serverAddress));
  return found === undefined ? undefined : fromEntry(found[1]);
}

function dockerConfigPath(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { DOCKER_CONFIG: directory, HOME: home } = env;
  if (directory) return join(directory, "config.json");
  return home ? join(home, ".docker/config.json") : undefined;
}

async function readDockerConfig(path: string): Promise<z.output<typeof dockerConfigSchema> | undefined> {
  try {
    return await readJsonFile(path, dockerConfigSchema);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    const reason = FilesError.is(error) ? error.message : `cannot read ${path}: ${code}`;
    throw new ImageStoreError({
      code: "CREDENTIALS_UNAVAILABLE",
      message: `Docker's configuration cannot be used: ${reason}`,
      hint: "Repair the file, or let DOCKER_CONFIG name another folder.",
      details: { path },
      cause: error,
    });
  }
}

function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, "").split("/")[0]!;
}

function fromEntry(entry: z.output<typeof entrySchema>): RegistryCredentials | undefined {
  if (entry.registrytoken) return { registryToken: entry.registrytoken };
  if (entry.identitytoken) return { identityToken: entry.identitytoken };
  if (entry.auth) {
    const [username = "", ...password] = Buffer.from(entry.auth, "base64").toString("utf8").split(":");
    return { username, password: password.join(":") };
  }
  if (entry.username) return { username: entry.username, password: entry.password ?? "" };
  return undefined;
}
