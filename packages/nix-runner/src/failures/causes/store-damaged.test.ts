import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test("a derivation that the evaluation cache names and the store lacks", () => {
  const path = "/nix/store/b12k4w9yqv2mc3f3b6mb6wi7dl0bqxbc-nixos-disk-image.drv";
  expect(failureIn("2.26/83-disk-full-db")).toMatchObject({ code: "STORE_DAMAGED", details: { path } });
});

test("a derivation that nix cannot make again", () => {
  const failure = failureSaying("don't know how to recreate store derivation '/nix/store/x-image.drv'!");
  expect(failure).toMatchObject({ code: "STORE_DAMAGED", details: { path: "/nix/store/x-image.drv" } });
});
