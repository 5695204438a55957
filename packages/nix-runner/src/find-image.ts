import { NixRunnerError } from "./errors.ts";
import { listCandidates } from "./image/candidates.ts";
import { readBuildProducts } from "./image/hydra-build-products.ts";
import { insideOutput } from "./image/inside.ts";
import { readKind } from "./image/magic.ts";
import { localFiles, type OutputFiles } from "./image/output-files.ts";

export interface FindImageOptions {
  /** Store path of the output. */
  outPath: string;
  /** The image, absolute or relative to the output; by default it is looked for. */
  filePath?: string | undefined;
  /** What was built, for messages. */
  installable?: string | undefined;
}

/** A disk image in an output. */
export interface FoundImage {
  /** Absolute path with links resolved, inside the output. */
  file: string;
  /** By content, whatever the name says. */
  format: "qcow2" | "raw";
}

/**
 * Finds the disk image in a build output: the file that is named; else the output itself if it is a file; else what
 * `nix-support/hydra-build-products` names; else the only `.qcow2`, `.img` or `.raw` at most one folder down.
 * The order follows how nixpkgs' image builders lay out what they make.
 * @throws NixRunnerError IMAGE_NOT_FOUND, IMAGE_AMBIGUOUS, IMAGE_OUTSIDE_OUTPUT, IMAGE_COMPRESSED, IMAGE_UNSUPPORTED
 */
export async function findImage(options: FindImageOptions): Promise<FoundImage> {
  return findImageIn(localFiles, options);
}

/**
 * As `findImage`, in the files of any machine. `askName` gives what the derivation itself says (`passthru.filePath`), which
 * comes before all but the caller; evaluating costs seconds, so it is asked only when there is not exactly one image.
 */
export async function findImageIn(
  files: OutputFiles,
  { outPath, filePath, installable }: FindImageOptions,
  askName: () => Promise<string | undefined> = async () => undefined,
): Promise<FoundImage> {
  const what = installable === undefined ? outPath : `${installable} (${outPath})`;
  const place = { files, outPath, what };
  const kind = await files.kind(outPath);
  if (kind === undefined) {
    throw new NixRunnerError({
      code: "IMAGE_NOT_FOUND",
      message: `there is no output ${what}`,
      hint: "build it again; without a garbage collector root nix may remove it at any time",
      details: { outPath },
    });
  }
  if (filePath !== undefined) return inspect(filePath, place);
  if (kind === "file") return inspect(".", place);

  const products = await inspectAll(await readBuildProducts(outPath, files), place);
  const { images, related } = await listCandidates(outPath, files);
  const listed = await inspectAll(images, place);
  const all = new Map([...products.found, ...listed.found].map((image) => [image.file, image]));
  if (all.size !== 1) {
    const named = await askName();
    if (named !== undefined) return inspect(named, place);
  }
  if (products.found.length > 0) return theOnly(products.found, what);
  if (listed.found.length > 0) return theOnly(listed.found, what);

  const failure =
    products.failures[0] ?? listed.failures[0] ?? (await inspectAll(related, place)).failures[0];
  throw (
    failure ??
    new NixRunnerError({
      code: "IMAGE_NOT_FOUND",
      message: `there is no disk image in ${what}`,
      hint: "build an attribute that makes an image, or name the file in the output",
      details: { outPath },
    })
  );
}

/** An output that is searched. */
interface Place {
  files: OutputFiles;
  outPath: string;
  /** For messages. */
  what: string;
}

async function inspectAll(candidates: readonly string[], place: Place) {
  const found = new Map<string, FoundImage>();
  const failures: NixRunnerError[] = [];
  for (const candidate of candidates) {
    try {
      const image = await inspect(candidate, place);
      found.set(image.file, image);
    } catch (error) {
      if (!NixRunnerError.is(error)) throw error;
      failures.push(error);
    }
  }
  return { found: [...found.values()], failures };
}

async function inspect(candidate: string, { files, outPath, what }: Place): Promise<FoundImage> {
  const file = await insideOutput(outPath, candidate, files);
  if ((await files.kind(file)) !== "file") {
    throw new NixRunnerError({
      code: "IMAGE_NOT_FOUND",
      message: `${file} is not a file`,
      hint: "name a file in the output",
      details: { file },
    });
  }
  const kind = await readKind(file, files);
  switch (kind.is) {
    case "image":
      return { file, format: kind.format };
    case "compressed":
      throw new NixRunnerError({
        code: "IMAGE_COMPRESSED",
        message: `the image in ${what} is compressed with ${kind.by}: ${file}`,
        hint: "let the derivation leave it uncompressed (qcow2 can compress inside), or unpack it yourself",
        details: { file, compression: kind.by },
      });
    case "other":
      throw new NixRunnerError({
        code: "IMAGE_UNSUPPORTED",
        message: `${file} is neither a qcow2 nor a raw disk image, but ${kind.what}`,
        hint: "build an attribute that makes a qcow2 or raw image",
        details: { file },
      });
  }
}

function theOnly(images: readonly FoundImage[], what: string): FoundImage {
  if (images.length === 1) return images[0]!;
  const files = images.map(({ file }) => file);
  throw new NixRunnerError({
    code: "IMAGE_AMBIGUOUS",
    message: `there are ${files.length} images in ${what}: ${files.join(", ")}`,
    hint: "name the one that is meant",
    details: { files },
  });
}
