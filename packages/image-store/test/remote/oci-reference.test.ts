import { expect, test } from "vitest";

import { formatOciReference, parseOciReference } from "../../src/remote/address/oci-reference.ts";

const digest = `sha256:${"0".repeat(64)}`;

test.each([
  ["ghcr.io/team/images:1", { registry: "ghcr.io", repository: "team/images", tag: "1" }],
  ["localhost:5000/a:latest", { registry: "localhost:5000", repository: "a", tag: "latest" }],
  ["[::1]:5000/a:b", { registry: "[::1]:5000", repository: "a", tag: "b" }],
  [`r.test/a__b/c.d--e@${digest}`, { registry: "r.test", repository: "a__b/c.d--e", digest }],
  [`r.test/a:1@${digest}`, { registry: "r.test", repository: "a", tag: "1", digest }],
])("%s is a reference, and is written as it was", (text, expected) => {
  const reference = parseOciReference(text);
  expect(reference).toEqual(expected);
  if (typeof reference !== "string") expect(formatOciReference(reference)).toBe(text);
});

test.each([
  ["images", /no repository/],
  ["/a:1", /no repository/],
  ["r.test/:1", /is no repository/],
  ["r.test/a", /neither a tag nor a digest/],
  ["r.test/Team/a:1", /"Team\/a" is no repository/],
  ["r.test/a/../b:1", /is no repository/],
  [`r.test/${"a".repeat(256)}:1`, /is no repository/],
  ["r.test/a:-x", /is no tag/],
  ["r.test/a:b:c", /"b:c" is no tag/],
  [`r.test/a:${"x".repeat(129)}`, /is no tag/],
  ["r.test/a@sha256:abc", /64 hexadecimal digits/],
  [`r.test/a@sha512:${"0".repeat(128)}`, /64 hexadecimal digits/],
  ["user:password@r.test/a:1", /^credentials do not belong into it$/],
  ["r test/a:1", /no host name/],
])("%s is none, and the reason is told", (text, reason) => {
  expect(parseOciReference(text)).toMatch(reason);
});
