import { createServer, type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";

import { detectNix, findBuilders } from "../src/index.ts";

const foreign = "riscv64-plan9";

/** A port of this machine where something listens, until it is closed. */
async function listener(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  onTestFinished(close);
  return { port: (server.address() as AddressInfo).port, close };
}

const withBuilders = (builders: string) => ({
  ...process.env,
  NIX_CONFIG: `${process.env["NIX_CONFIG"] ?? ""}\nbuilders = ${builders}`,
});

test("this machine builds for itself", async () => {
  const { system } = await detectNix();
  expect(await findBuilders({ env: withBuilders("") })).toEqual({
    system,
    features: [],
    canBuild: true,
    builders: [{ kind: "local", name: "this machine", suits: true }],
  });
});

test("nobody builds for a system that there is not", async () => {
  const { system: here } = await detectNix();
  expect(await findBuilders({ system: foreign, env: withBuilders("") })).toEqual({
    system: foreign,
    features: [],
    canBuild: false,
    builders: [{ kind: "local", name: "this machine", suits: false, why: `it is ${here}` }],
    hint: expect.stringContaining(`name a machine that builds ${foreign}`),
  });
});

test("a feature that this machine does not have", async () => {
  const found = await findBuilders({ features: ["no-such-feature"], env: withBuilders("") });
  expect(found).toMatchObject({
    canBuild: false,
    builders: [{ why: "it lacks no-such-feature (system features)" }],
  });
});

test("another machine that answers, and one that is asleep", async () => {
  const { port, close } = await listener();
  const env = withBuilders(`ssh-ng://builder@127.0.0.1:${port} ${foreign}`);
  const name = `ssh-ng://builder@127.0.0.1:${port}`;
  expect(await findBuilders({ system: foreign, env })).toMatchObject({
    canBuild: true,
    builders: [{ suits: false }, { kind: "remote", name, suits: true }],
  });
  await close();
  expect(await findBuilders({ system: foreign, env })).toMatchObject({
    canBuild: false,
    builders: [{ suits: false }, { suits: false, why: "its ssh port does not answer" }],
    hint: `see why ${name} does not answer`,
  });
});
