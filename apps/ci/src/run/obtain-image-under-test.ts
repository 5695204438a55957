import { imagesDirectory, installImage, showImage, type StoredImage } from "@sysinit/image-store";
import { answersBinaryCache } from "@sysinit/nix-runner";
import { imageName, type SuiteImage } from "@sysinit-internal/acceptance/suite";
import {
  chooseImageSource,
  guestSystem,
  limaArch,
  obtainImage,
  type ImageSource,
} from "@sysinit-internal/machine";
import { during, formatSeconds, narrateObtaining, narrateStore } from "@sysinit-internal/terminal";
import { resolve } from "node:path";

import type { AcceptanceRun } from "./acceptance-run.ts";

/** Whether an image has to be built. */
export function needsNix(image: SuiteImage | undefined): boolean {
  return typeof image !== "object" || "installable" in image;
}

/** Builds and installs the image, or takes the one that is there, and judges both rows. */
export async function obtainImageUnderTest(run: AcceptanceRun): Promise<StoredImage> {
  const { image } = run.plan;
  if (typeof image === "object" && "stored" in image) return await takeStored(run, image.stored);
  if (typeof image === "object" && "file" in image) return await installFile(run, image.file, nameFor(run));
  return await buildAndInstall(run);
}

/** What the store calls the image: as the command line says, else as the suite's image is called. */
function nameFor({ options, plan }: AcceptanceRun): string {
  if (options.image !== undefined) return options.image;
  return plan.suite === undefined || plan.image === undefined ? "lima-minimal" : imageName(plan.image);
}

async function buildAndInstall(run: AcceptanceRun): Promise<StoredImage> {
  const { app, options, recorder, stopwatch, env, plan } = run;
  const { output, signal } = app;
  const arch = plan.cell?.arch;
  const system = guestSystem(arch);
  const written =
    typeof plan.image === "object" && "installable" in plan.image ? plan.image.installable : plan.image;
  const source = await chooseImageSource({
    directory: run.directory,
    installable: (written as string | undefined)
      ?.replaceAll("{system}", system)
      .replaceAll("{arch}", limaArch(arch)),
    guest: options.guest,
    arch,
    answersBinaryCache: () => answersBinaryCache({ env, signal }),
  });
  output.say(`image: ${source.installable} (${source.why})`);

  const name = nameFor(run);
  const narration = narrateObtaining(output, { build: "build", install: "install" });
  let builtAt = 0;
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    const { image, outcome } = await obtainImage({
      installable: source.installable,
      directory: plan.suite?.directory ?? run.directory,
      imageName: name,
      imagesDirectory: imagesDirectory({ env }),
      env,
      signal,
      ...narration,
      onBuilt: (built) => {
        builtAt = seconds();
        stopwatch.timeline.push({ step: "build", seconds: builtAt });
        recorder.action("image.build", judgeBuild(run, source, built.outcome, builtAt), builtAt);
        narration.onBuilt(built);
      },
    });
    const installSeconds = seconds() - builtAt;
    stopwatch.timeline.push({ step: "install", seconds: installSeconds });
    const evidence = `build and install of ${name}: ${outcome}, generation ${image.generation}`;
    recorder.action("image.install", { verdict: "pass", evidence }, seconds());
    narration.done(`${outcome}, generation ${image.generation}`);
    noteImage(run, image, source.why, source.installable);
    return image;
  } catch (error) {
    narration.failed();
    recorder.action(
      builtAt === 0 ? "image.build" : "image.install",
      { verdict: "error", evidence: (error as Error).message },
      seconds(),
    );
    throw error;
  }
}

async function installFile(run: AcceptanceRun, file: string, name: string): Promise<StoredImage> {
  const { app, env, recorder, stopwatch, plan } = run;
  const why = `the file ${file}`;
  recorder.action("image.build", { verdict: "skip", evidence: `not built: ${why}` }, 0);
  const step = app.output.step("install");
  const { image, outcome } = await during(
    step,
    () =>
      stopwatch.measure("install", () =>
        installImage({
          directory: imagesDirectory({ env }),
          name,
          source: resolve(plan.suite?.directory ?? run.directory, file),
          signal: app.signal,
          onEvent: narrateStore(step),
        }),
      ),
    (installed) => `${installed.outcome}, generation ${installed.image.generation}`,
  );
  const evidence = `install of ${why} as ${name}: ${outcome}, generation ${image.generation}`;
  recorder.action("image.install", { verdict: "pass", evidence }, stopwatch.secondsOf("install"));
  noteImage(run, image, why);
  return image;
}

async function takeStored(run: AcceptanceRun, name: string): Promise<StoredImage> {
  const { env, recorder } = run;
  const image = await showImage({ directory: imagesDirectory({ env }), name });
  const why = `generation ${image.generation} of ${name} in the store`;
  recorder.action("image.build", { verdict: "skip", evidence: `not built: ${why}` }, 0);
  recorder.action("image.install", { verdict: "skip", evidence: `not installed: ${why}` }, 0);
  noteImage(run, image, why, image.provenance?.installable);
  return image;
}

function noteImage({ facts }: AcceptanceRun, image: StoredImage, why: string, installable?: string): void {
  const { name, generation, sha256, file } = image;
  facts.image = { name, generation, sha256, file, why, ...(installable !== undefined && { installable }) };
}

function judgeBuild(run: AcceptanceRun, source: ImageSource, outcome: string, seconds: number) {
  const evidence = `nix build ${source.installable}: ${outcome} in ${formatSeconds(seconds)}`;
  // The requirements speak of the NixOS image; a suite of whatever it names.
  if (source.isNixos || run.plan.suite !== undefined) return { verdict: "pass" as const, evidence };
  return { verdict: "skip" as const, evidence: `${evidence}; ${source.why}` };
}
