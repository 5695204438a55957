import fc from "fast-check";
import { expect, test } from "vitest";

import { ImageStoreError } from "../../src/index.ts";
import { judgeImage } from "../../src/formats/judge-image.ts";
import { dataParts } from "../../src/qcow2/data-parts.ts";
import { diskLayout } from "../../src/qcow2/disk-layout.ts";
import { readHeader } from "../../src/qcow2/header.ts";
import { judgeQcow2 } from "../../src/qcow2/judge.ts";
import { readPart } from "../../src/raw/read-part.ts";
import { qcow2 } from "../images.ts";
import { reasonAgainst } from "./acceptable.ts";
import { headerMutations, mutatedBeginning, mutatedImage } from "./header-mutations.ts";
import { MemorySource } from "./memory-source.ts";
import { seed } from "./seed.ts";

/** How many headers are made; FUZZ_RUNS=5000000 for a long run. A failure prints the smallest case. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 50_000);
const longEnoughMs = 3_600_000;
const options = (share: number) => ({
  seed,
  numRuns: Math.max(50, Math.round(runs * share)),
  endOnFailure: false,
});

const cluster = 64 * 1024;

test(
  "no header makes the judge fail, and none is accepted that anything speaks against",
  { timeout: longEnoughMs },
  () => {
    let accepted = 0;
    const lengths = fc.oneof({ arbitrary: fc.constant(4096), weight: 5 }, fc.integer({ min: 4, max: 300 }));
    const fileBytes = fc.oneof(
      { arbitrary: fc.constant(4 * cluster), weight: 4 },
      { arbitrary: fc.integer({ min: 4096, max: 2 ** 40 }), weight: 2 },
    );
    fc.assert(
      fc.property(headerMutations, lengths, fileBytes, (mutations, length, bytes) => {
        const beginning = mutatedBeginning(mutations, length);
        const verdict = judgeQcow2(beginning, bytes);
        if (verdict.refusal === undefined) {
          accepted++;
          const reason = reasonAgainst(beginning, bytes);
          if (reason !== undefined) throw new Error(`accepted, in spite of: ${reason}`);
        } else if (verdict.refusal.field === "" || verdict.refusal.hint === "") {
          throw new Error("refused without saying why");
        }
      }),
      options(1),
    );
    // Mutations that no image survives would show nothing.
    expect(accepted).toBeGreaterThan(runs / 1000);
  },
);

test(
  "no image makes it read more than its first 64 KiB and its last sector",
  { timeout: longEnoughMs },
  async () => {
    const cut = fc.oneof(
      { arbitrary: fc.constant(4 * cluster), weight: 3 },
      fc.integer({ min: 1, max: 4 * cluster }),
    );
    await fc.assert(
      fc.asyncProperty(headerMutations, cut, async (mutations, length) => {
        const source = new MemorySource(mutatedImage(mutations).subarray(0, length));
        await judgeImage(source, false).catch((error: unknown) => {
          if (!ImageStoreError.is(error)) throw error;
        });
        for (const read of source.reads) {
          if (read.position !== 0 && read.position + read.length !== length)
            throw new Error(JSON.stringify(read));
          if (read.length > cluster) throw new Error(JSON.stringify(read));
        }
      }),
      options(0.02),
    );
  },
);

test(
  "no tables make it read out of the file, give more than the file holds, or go on for ever",
  { timeout: longEnoughMs },
  async () => {
    const offsets = fc.oneof(
      fc.integer({ min: 0, max: 12 }).map((index) => BigInt(index * cluster)),
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.integer({ min: 0, max: 12 * cluster }).map(BigInt),
    );
    const bits = fc.constantFrom(0n, 1n, 1n << 62n, 1n << 63n, 3n << 62n);
    const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 8191 }), offsets, bits), { maxLength: 40 });
    const features = fc.constantFrom(0, 16);
    await fc.assert(
      fc.asyncProperty(entries, offsets, features, fc.boolean(), async (list, l1, feature, fill) => {
        const table = Buffer.alloc(8 * cluster, fill ? Buffer.from([0, 0, 0, 0, 0, 5, 0, 0]) : 0);
        for (const [index, offset, flags] of list)
          table.writeBigUInt64BE(BigInt.asUintN(64, offset | flags), index * 8);
        const image = qcow2(
          [
            [72, 8, feature],
            [36, 4, 4],
            [3 * cluster, 8, l1],
            [3 * cluster + 8, 8, l1],
          ],
          table,
        );
        const source = new MemorySource(image);
        const layout = diskLayout(readHeader(image.subarray(0, cluster))!);
        let given = 0;
        try {
          for await (const part of dataParts(source, layout)) {
            const data = await readPart(source, part, layout);
            if (part.kind === "plain") given += part.bytes;
            if (data.length === 0 || part.guestOffset + data.length > layout.virtualBytes)
              throw new Error("out of the disk");
          }
        } catch (error) {
          if (!ImageStoreError.is(error, "IMAGE_DAMAGED")) throw error;
        }
        if (given > source.bytes + cluster) throw new Error(`${given} bytes out of ${source.bytes}`);
      }),
      options(0.02),
    );
  },
);
