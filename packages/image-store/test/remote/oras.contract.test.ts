import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProcess } from "@sysinit-internal/process";
import { describe, expect, test } from "vitest";

import { sha256Of } from "../images.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { newImage, pullingStore, sha256 } from "./pulling.ts";
import { pushingStore } from "./pushing.ts";
import { orasProgram, registryProgram, startRegistry } from "./registry.ts";

async function run(cwd: string, ...args: string[]): Promise<string> {
  const plain = args[0] === "copy" ? ["--from-plain-http", "--to-plain-http"] : ["--plain-http"];
  const outcome = await runProcess({ file: orasProgram!, args: [...args, ...plain], cwd });
  expect([args, outcome.exitCode, outcome.stderr]).toEqual([args, 0, ""]);
  return outcome.stdout;
}

/** A folder with an image and another file, as a user of ORAS has it. */
function folder() {
  const directory = temporaryDirectory();
  const content = newImage();
  writeFileSync(join(directory, "nixos.qcow2"), content);
  writeFileSync(join(directory, "README.md"), "# An image\n");
  return { directory, sha256: sha256(content) };
}

describe.skipIf(registryProgram === undefined || orasProgram === undefined)("beside ORAS", () => {
  test("oras pull gets the file of what we pushed, with its digest", async () => {
    const { host } = await startRegistry();
    const { push, image } = await pushingStore();
    const { manifestDigest } = await push({ url: `oci://${host}/team/image:1` });
    const directory = temporaryDirectory();
    await run(directory, "pull", `${host}/team/image:1`);
    expect(sha256Of(join(directory, "lima-minimal.qcow2"))).toBe(image.sha256);
    expect(await run(directory, "resolve", `${host}/team/image:1`)).toBe(`${manifestDigest}\n`);
    await run(directory, "copy", `${host}/team/image:1`, `${host}/team/copy:1`);
    expect((await pullingStore().pull({ url: `oci://${host}/team/copy:1` })).manifestDigest).toBe(
      manifestDigest,
    );
  });

  test.each([
    ["without a type", ["nixos.qcow2"], {}],
    ["with types, beside a README", ["nixos.qcow2:application/x-qemu-disk", "README.md:text/markdown"], {}],
    ["as one of several files", ["nixos.qcow2", "README.md"], { file: "nixos.qcow2" }],
  ])("an image that oras pushed %s is pulled", async (_, files, options) => {
    const { host } = await startRegistry();
    const { directory, sha256: digest } = folder();
    await run(directory, "push", `${host}/team/image:1`, ...files);
    const { image } = await pullingStore().pull({ url: `oci://${host}/team/image:1`, ...options });
    expect(image.sha256).toBe(digest);
  });

  test("of an index each machine gets its image", async () => {
    const { host } = await startRegistry();
    const name = `${host}/team/image`;
    const images = { amd64: folder(), arm64: folder() };
    const manifests: object[] = [];
    for (const [architecture, { directory }] of Object.entries(images)) {
      await run(directory, "push", `${name}:${architecture}`, "nixos.qcow2");
      const descriptor = await run(directory, "manifest", "fetch", "--descriptor", `${name}:${architecture}`);
      manifests.push({ ...(JSON.parse(descriptor) as object), platform: { architecture, os: "linux" } });
    }
    const mediaType = "application/vnd.oci.image.index.v1+json";
    const index = join(temporaryDirectory(), "index.json");
    writeFileSync(index, JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
    await run(tmpdir(), "manifest", "push", `${name}:1`, index);
    const { pull } = pullingStore();
    const url = `oci://${name}:1`;
    expect((await pull({ url, architecture: "x86_64" })).image.sha256).toBe(images.amd64.sha256);
    expect((await pull({ url, architecture: "aarch64", name: "arm" })).image.sha256).toBe(
      images.arm64.sha256,
    );
  });

  test("a folder that oras packed is refused, with what to do", async () => {
    const { host } = await startRegistry();
    const { directory } = folder();
    await run(join(directory, ".."), "push", `${host}/team/image:1`, directory.split("/").at(-1)!);
    expect(await pullingStore().fail({ url: `oci://${host}/team/image:1` })).toMatchObject({
      code: "ARTIFACT_UNUSABLE",
      hint: expect.stringContaining("oras push") as string,
    });
    expect(readFileSync(join(directory, "README.md"), "utf8")).toBe("# An image\n");
  });
});
