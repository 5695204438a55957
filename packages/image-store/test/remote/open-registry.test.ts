import { expect, test } from "vitest";

import { parseOciReference, type OciReference } from "../../src/remote/address/oci-reference.ts";
import { openHttpClient } from "../../src/remote/http/http-client.ts";
import { openRegistry } from "../../src/remote/registry/open-registry.ts";

function manifestUrl(reference: string, plainHttp?: boolean): string {
  const client = openHttpClient({ silenceTimeoutMs: 1000, env: {}, signal: undefined });
  const options = { actions: "pull", credentials: undefined, plainHttp, env: {}, signal: undefined } as const;
  return openRegistry(client, parseOciReference(reference) as OciReference, options).url("manifests/1").href;
}

test.each([
  ["ghcr.io/team/a:1", "https://ghcr.io/v2/team/a/manifests/1"],
  ["r.test:5000/a:1", "https://r.test:5000/v2/a/manifests/1"],
  ["localhost:5000/a:1", "http://localhost:5000/v2/a/manifests/1"],
  ["127.0.0.1/a:1", "http://127.0.0.1/v2/a/manifests/1"],
  ["[::1]:5000/a:1", "http://[::1]:5000/v2/a/manifests/1"],
  ["localhost.test/a:1", "https://localhost.test/v2/a/manifests/1"],
  ["docker.io/team/a:1", "https://registry-1.docker.io/v2/team/a/manifests/1"],
  ["docker.io/a:1", "https://registry-1.docker.io/v2/library/a/manifests/1"],
])("%s is asked at %s: http only with this machine", (reference, url) => {
  expect(manifestUrl(reference)).toBe(url);
});

test("http, or https with this machine, is spoken when it is said", () => {
  expect(manifestUrl("r.test/a:1", true)).toBe("http://r.test/v2/a/manifests/1");
  expect(manifestUrl("localhost:5000/a:1", false)).toBe("https://localhost:5000/v2/a/manifests/1");
});
