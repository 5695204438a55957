import { expect, test } from "vitest";

import { withoutPrivateKeys } from "../src/index.ts";

test.each([
  ["-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n", "\n"],
  ["-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----", ""],
  // As it stands in a line of JSON.
  ["-----BEGIN RSA PRIVATE KEY-----\\nc2VjcmV0\\n-----END RSA PRIVATE KEY-----", ""],
  ["-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0 and the rest of a log that was cut off", ""],
])("%j is taken out", (key, rest) => {
  expect(withoutPrivateKeys(`before ${key}`)).toBe(`before (a private key was here)${rest}`);
});

test("of two keys both go and what stands between them stays, as does a public one", () => {
  const key = "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----";
  const open = "-----BEGIN PUBLIC KEY-----\ny\n-----END PUBLIC KEY-----";
  expect(withoutPrivateKeys(`${key} between ${key} ${open}`)).toBe(
    `(a private key was here) between (a private key was here) ${open}`,
  );
});
