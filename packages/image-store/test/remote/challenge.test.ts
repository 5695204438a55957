import { expect, test } from "vitest";

import { parseChallenges } from "../../src/remote/registry/challenge.ts";

test.each([
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
    [
      {
        scheme: "bearer",
        parameters: {
          realm: "https://auth.docker.io/token",
          service: "registry.docker.io",
          scope: "repository:a/b:pull,push",
        },
      },
    ],
  ],
  ['Basic realm="a \\"quoted\\" one"', [{ scheme: "basic", parameters: { realm: 'a "quoted" one' } }]],
  ["Basic", [{ scheme: "basic", parameters: {} }]],
  [
    'Negotiate, BEARER Realm=x , service = "y", Basic realm="z"',
    [
      { scheme: "negotiate", parameters: {} },
      { scheme: "bearer", parameters: { realm: "x", service: "y" } },
      { scheme: "basic", parameters: { realm: "z" } },
    ],
  ],
  ['Bearer realm="never closed', [{ scheme: "bearer", parameters: {} }]],
  ["", []],
  [undefined, []],
  ["???", []],
])("WWW-Authenticate: %s", (header, expected) => {
  expect(parseChallenges(header)).toEqual(expected);
});
