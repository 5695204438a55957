import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test.each([
  ["2.26/17-no-such-registry", "https://channels.nixos.org/flake-registry.json"],
  ["2.26/18-github-offline", "https://api.github.com/repos/NixOS/nixpkgs/commits/HEAD"],
])("no network, %s", (capture, url) => {
  const failure = failureIn(capture);
  expect(failure).toMatchObject({ code: "NETWORK", details: { url } });
  expect(failure.hint).toContain("check the network");
});

test("GitHub's limit for those without a token", () => {
  const raw = "unable to download 'https://api.github.com/repos/a/b/commits/HEAD': HTTP error 403";
  expect(failureSaying(raw, { realising: false }).hint).toContain("access-tokens");
});

test("a certificate that is not trusted", () => {
  const raw =
    "unable to download 'https://cache.example/x': SSL peer certificate or SSH remote key was not OK (60)";
  expect(failureSaying(raw).hint).toContain("NIX_SSL_CERT_FILE");
});
