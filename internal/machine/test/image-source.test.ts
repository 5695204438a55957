import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it, onTestFinished, vi } from "vitest";

import { chooseImageSource } from "../src/image-source.ts";

async function checkout(): Promise<string> {
  const directory = await temporary("checkout-");
  await mkdir(join(directory, "nix/reference-guest"), { recursive: true });
  await writeFile(join(directory, "flake.nix"), "{}");
  await writeFile(join(directory, "nix/reference-guest/flake.nix"), "{}");
  return directory;
}
const yes = () => Promise.resolve(true);
const no = () => Promise.resolve(false);

describe("which image is built", () => {
  it("the NixOS image where a binary cache answers", async () => {
    const source = await chooseImageSource({
      directory: await checkout(),
      arch: "arm64",
      answersBinaryCache: yes,
    });
    expect(source).toMatchObject({
      installable: ".#packages.aarch64-linux.lima-minimal-image",
      isNixos: true,
    });
  });

  it("the reference guest where none does, and it says why", async () => {
    const source = await chooseImageSource({
      directory: await checkout(),
      arch: "x64",
      answersBinaryCache: no,
    });
    expect(source).toMatchObject({
      installable: "./nix/reference-guest#packages.x86_64-linux.image",
      isNixos: false,
    });
    expect(source.why).toMatch(/no binary cache answers/);
  });

  it("what the user names, without asking any cache", async () => {
    const answersBinaryCache = vi.fn(yes);
    const source = await chooseImageSource({ directory: "/", installable: ".#mine", answersBinaryCache });
    expect(source.installable).toBe(".#mine");
    expect(answersBinaryCache).not.toHaveBeenCalled();
  });

  it("the published flake where the directory has none", async () => {
    const directory = await temporary("elsewhere-");
    const source = await chooseImageSource({ directory, arch: "x64", answersBinaryCache: no });
    expect(source.installable).toBe("github:sysinit/lima-cli#packages.x86_64-linux.lima-minimal-image");
  });

  it("no reference guest outside a checkout: an error that says where it would be", async () => {
    const directory = await temporary("elsewhere-");
    const choice = chooseImageSource({ directory, guest: "reference", answersBinaryCache: no });
    await expect(choice).rejects.toMatchObject({ code: "NO_IMAGE_SOURCE" });
  });
});

/** A directory that goes with the test. */
async function temporary(prefix: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), prefix));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}
