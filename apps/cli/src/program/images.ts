import { InvalidArgumentError, Option, type Command } from "commander";

import { parseDuration } from "@sysinit-internal/project/duration";

import { runCommand } from "../command-context.ts";
import type { PruneFlags } from "../commands/images-prune.ts";
import type { PullFlags } from "../commands/images-pull.ts";
import type { PushFlags } from "../commands/images-push.ts";
import type { RemoveFlags } from "../commands/images-remove.ts";
import { defaultImageName } from "../defaults.ts";
import { define, group, wholeNumber, type Options } from "./define.ts";

const dryRun = ["--dry-run", "only show what would be done"] as const;
const yes = ["-y, --yes", "remove without asking"] as const;
type DryRun = Options<{ dryRun?: boolean }>;

/** Every verb of the store. */
export function defineImages(program: Command): void {
  const images = group(program, "images", "Look at the images in the store, and look after them.");
  defineLooks(images);
  defineCurrent(images);
  defineRemovals(images);
  defineCare(images);
  defineExchange(images);
}

function defineLooks(images: Command): void {
  define(
    images,
    "list",
    "All images, newest generation first.",
    "lima-cli images list --json | jq .file",
  ).action((options: Options) =>
    runCommand(options, async (context) => (await import("../commands/images-list.ts")).imagesList(context)),
  );
  define(images, "show", "One image: file, digest, where it came from.", "lima-cli images show lima-minimal")
    .argument("<NAME>")
    .option("--generation <N>", "by default the latest", wholeNumber)
    .action((name: string, options: Options<{ generation?: number }>) =>
      runCommand(options, async (context) =>
        (await import("../commands/images-show.ts")).imagesShow(context, name, options),
      ),
    );
  define(
    images,
    "verify",
    "Hash images again and compare, and look where the latest links lead; status 1 for a bad one.",
    "lima-cli images verify\nlima-cli images verify lima-minimal --generation 2",
  )
    .argument("[NAME]", "by default all")
    .option("--generation <N>", "of that name only this one", wholeNumber)
    .action((name: string | undefined, options: Options<{ generation?: number }>, command: Command) => {
      if (name === undefined && options.generation !== undefined)
        command.error("error: --generation needs the NAME");
      return runCommand(options, async (context) =>
        (await import("../commands/images-verify.ts")).imagesVerify(context, name, options),
      );
    });
}

function defineCurrent(images: Command): void {
  define(
    images,
    "use",
    "Let the latest link lead to a generation, after reading it to its end.",
    "lima-cli images use lima-minimal 3\nlima-cli images use lima-minimal 3 --dry-run",
  )
    .argument("<NAME>")
    .argument("<GENERATION>", "its number", wholeNumber)
    .option(...dryRun)
    .action((name: string, generation: number, options: DryRun) =>
      runCommand(options, async (context) =>
        (await import("../commands/images-use.ts")).imagesUse(context, name, generation, options),
      ),
    );
  define(
    images,
    "rollback",
    "Go back to the generation before the current one.",
    "lima-cli images rollback lima-minimal",
  )
    .argument("<NAME>")
    .option(...dryRun)
    .action((name: string, options: DryRun) =>
      runCommand(options, async (context) =>
        (await import("../commands/images-rollback.ts")).imagesRollback(context, name, options),
      ),
    );
}

function defineRemovals(images: Command): void {
  define(
    images,
    "remove",
    "Remove one generation, or a name with all of them; never what an instance needs.",
    "lima-cli images remove lima-minimal --generation 2\nlima-cli images remove old --all --yes",
  )
    .argument("<NAME>")
    .option("--generation <N>", "this one, which must not be the current one", wholeNumber)
    .option("--all", "all generations and the latest link")
    .option("--allow-referenced", "also what only a template or a digest names")
    .option(...dryRun)
    .option(...yes)
    .action(
      (
        name: string,
        options: Options<RemoveFlags & { generation?: number; all?: boolean }>,
        command: Command,
      ) => {
        const { generation, all = false } = options;
        if ((generation === undefined) === !all) command.error("error: give either --generation N or --all");
        return runCommand(options, async (context) =>
          (await import("../commands/images-remove.ts")).imagesRemove(
            context,
            name,
            generation ?? "all",
            options,
          ),
        );
      },
    );
  define(
    images,
    "prune",
    "Remove old generations; never a current one, or one that an instance needs.",
    "lima-cli images prune --dry-run\nlima-cli images prune lima-minimal --keep 1 --keep-younger 7d --yes",
  )
    .argument("[NAME]", "by default all names")
    .option("--keep <N>", "how many generations of each name stay; 3 by default", wholeNumber)
    .option("--keep-younger <DURATION>", "keep what was installed within this time: 12h, 7d", duration)
    .option(...dryRun)
    .option(...yes)
    .action((name: string | undefined, options: Options<PruneFlags>) =>
      runCommand(options, async (context) =>
        (await import("../commands/images-prune.ts")).imagesPrune(context, name, options),
      ),
    );
}

function defineCare(images: Command): void {
  define(
    images,
    "adopt",
    "Make an image that was put into the store's folder by hand one of the store.",
    "lima-cli images adopt ~/.lima/_images/sysinit-work-20261123-070637.qcow2",
  )
    .argument("<FILE>", "named sysinit-NAME-YYYYMMDD-HHMMSS.qcow2 or .raw, in the store's folder")
    .option(...dryRun)
    .action((file: string, options: DryRun) =>
      runCommand(options, async (context) =>
        (await import("../commands/images-adopt.ts")).imagesAdopt(context, file, options),
      ),
    );
  define(
    images,
    "repair",
    "Put links and records right after damage from outside; removes no image.",
    "lima-cli images repair --dry-run\nlima-cli images repair",
  )
    .option(...dryRun)
    .action((options: DryRun) =>
      runCommand(options, async (context) =>
        (await import("../commands/images-repair.ts")).imagesRepair(context, options),
      ),
    );
}

function defineExchange(images: Command): void {
  define(
    images,
    "pull",
    "Download an image, verified, from a web server or an OCI registry; goes on where it was cut.",
    "lima-cli images pull oci://ghcr.io/team/images:minimal --name team\nlima-cli images pull https://example.org/nixos.qcow2 --sha256 HEX",
  )
    .argument("<URL>", "https://… of an image file, or oci://REGISTRY/REPOSITORY:TAG or @sha256:…")
    .option("--name <NAME>", "name in the store", defaultImageName)
    .option("--sha256 <HEX>", "SHA-256 of the image file; needed but for oci://")
    .option("--file <NAME>", "which file of an OCI artifact, where it has several")
    .addOption(
      new Option(
        "--architecture <ARCH>",
        "which image of an OCI index; by default that of this machine",
      ).choices(["x86_64", "aarch64"]),
    )
    .option("--plain-http", "speak http with the registry; by default only with one on this machine")
    .option(...dryRun)
    .action((url: string, options: Options<PullFlags>) =>
      runCommand(options, async (context) =>
        (await import("../commands/images-pull.ts")).imagesPull(context, url, options),
      ),
    );
  define(
    images,
    "push",
    "Put an image into an OCI registry, for a team that builds once.",
    "lima-cli images push lima-minimal oci://ghcr.io/team/images:minimal",
  )
    .argument("<NAME>")
    .argument("<URL>", "oci://REGISTRY/REPOSITORY:TAG; a tag that is there is moved")
    .option("--generation <N>", "by default the latest", wholeNumber)
    .option("--plain-http", "speak http with the registry; by default only with one on this machine")
    .option(...dryRun)
    .action((name: string, url: string, options: Options<PushFlags>) =>
      runCommand(options, async (context) =>
        (await import("../commands/images-push.ts")).imagesPush(context, name, url, options),
      ),
    );
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError("a duration such as 12h or 7d is wanted");
  return ms;
}
