import { defineConfig } from "vitest/config";

const resolve = { conditions: ["@sysinit/source"] };
const ssr = { resolve: { conditions: ["@sysinit/source"], externalConditions: ["@sysinit/source"] } };
const rooms = (suffix: string) =>
  ["packages", "apps", "internal"].map((room) => `${room}/*/{src,test}/**/*.${suffix}.ts`);

/**
 * unit: no tool beyond Node.  contract: real nix, limactl and qemu-img, no VM.
 * package: builds, packs and imports what is published.  machine: builds the reference guest and boots VMs.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: "unit",
          include: [...rooms("test"), "test/**/*.test.ts"],
          exclude: [
            "**/*.contract.test.ts",
            "**/*.machine.test.ts",
            "**/*.package.test.ts",
            "**/node_modules/**",
          ],
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "contract",
          include: [...rooms("contract.test"), "test/**/*.contract.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "package",
          include: [...rooms("package.test"), "test/**/*.package.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        resolve,
        ssr,
        // One VM at a time: two under emulation run at half speed each.
        test: {
          name: "machine",
          globalSetup: "./test/reference-guest.ts",
          include: [...rooms("machine.test"), "test/**/*.machine.test.ts"],
          testTimeout: 900_000,
          hookTimeout: 1_800_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
