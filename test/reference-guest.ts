import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** The builds of the reference guest; see nix/README.md. */
export type ReferenceGuest = "image" | "imageWithCloudInit" | "imageWithNixosUnits";

/** The installable of a build of the reference guest in this checkout. */
export function installable(guest: ReferenceGuest): string {
  return `${join(root, "nix/reference-guest")}#${guest}`;
}

/** Vitest's set-up of the machine project: the image that every VM test starts from, built once, by our own CLI. */
export default async function setup(): Promise<void> {
  process.env["SYSINIT_TEST_IMAGE"] ??= await buildReferenceGuest("image");
}

/** Builds a reference guest by our own CLI, whose talk goes to our standard error, and returns its image file. */
export function buildReferenceGuest(guest: ReferenceGuest): Promise<string> {
  const cli = ["--conditions=@sysinit/source", join(root, "apps/cli/src/main.ts")];
  const child = spawn(process.execPath, [...cli, "build", installable(guest), "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) resolve((JSON.parse(stdout) as { file: string }).file);
      else reject(new Error(`the reference guest could not be built: ${stdout}`));
    });
  });
}
