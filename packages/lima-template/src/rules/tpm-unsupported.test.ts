import { expect, test } from "vitest";
import { tpmUnsupported } from "./tpm-unsupported.ts";
import { said } from "./testing.ts";

test("who has no TPM", () => {
  expect(said(tpmUnsupported, "tpm: true\narch: s390x")).toEqual(["error tpm"]);
  expect(said(tpmUnsupported, "tpm: true\nvmType: vz")).toEqual(["error tpm"]);
  expect(said(tpmUnsupported, "tpm: true\nvmType: wsl2")).toEqual(["error tpm"]);
  expect(said(tpmUnsupported, "tpm: true\nvmType: qemu\narch: x86_64")).toEqual([]);
  expect(said(tpmUnsupported, "tpm: false\nvmType: vz")).toEqual([]);
});
