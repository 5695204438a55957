import type { OciReference } from "../address/oci-reference.ts";
import type { RegistryCredentials } from "../credentials/credentials.ts";
import { findDockerCredentials } from "../credentials/docker-config.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { HttpAnswer, HttpRequest } from "../http/http-messages.ts";
import { authorize } from "./authorize.ts";
import { parseChallenges } from "./challenge.ts";

/** One repository of a registry, which is told who asks when it wants to know. */
export interface Registry {
  /** `host/repository`, for messages. */
  readonly name: string;
  readonly host: string;
  /** The URL of a path below `/v2/REPOSITORY/`. */
  url(path: string): URL;
  send(request: HttpRequest): Promise<HttpAnswer>;
}

export interface RegistryOptions {
  actions: "pull" | "pull,push";
  credentials: RegistryCredentials | undefined;
  /** Whether to speak http; undefined: only with a registry on this machine. */
  plainHttp: boolean | undefined;
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal | undefined;
}

const dockerHub = { name: "docker.io", host: "registry-1.docker.io" };

/** A client of the OCI distribution specification. Nothing is sent yet. */
export function openRegistry(
  client: HttpClient,
  reference: OciReference,
  options: RegistryOptions,
): Registry {
  const host = reference.registry === dockerHub.name ? dockerHub.host : reference.registry;
  const repository =
    reference.registry === dockerHub.name && !reference.repository.includes("/")
      ? `library/${reference.repository}`
      : reference.repository;
  const plainHttp = options.plainHttp ?? isThisMachine(host);
  const base = new URL(`${plainHttp ? "http" : "https"}://${host}/v2/${repository}/`);
  let authorization: string | undefined;

  // Asked only when the registry wants to know: helpers may be slow, or prompt.
  let credentials: Promise<RegistryCredentials | undefined> | undefined;
  const findCredentials = () =>
    (credentials ??= options.credentials
      ? Promise.resolve(options.credentials)
      : findDockerCredentials(reference.registry, options));

  const sendAs = (request: HttpRequest) => {
    if (authorization === undefined || request.url.origin !== base.origin) return client.send(request);
    return client.send({ ...request, headers: { ...request.headers, authorization } });
  };

  return {
    name: `${reference.registry}/${repository}`,
    host: reference.registry,
    url: (path) => new URL(path, base),
    async send(request) {
      const answer = await sendAs(request);
      // A redirect may have led elsewhere, whose challenge is not the registry's.
      if (answer.status !== 401 || answer.url.origin !== base.origin) return answer;
      const challenges = parseChallenges(answer.header("www-authenticate"));
      const { actions } = options;
      const { registry } = reference;
      const next = await authorize(client, challenges, {
        registry,
        repository,
        actions,
        credentials: await findCredentials(),
        plainHttp,
      });
      if (next === undefined || next === authorization) return answer;
      answer.drop();
      authorization = next;
      return await sendAs(request);
    },
  };
}

// As Docker does.
function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);
}
