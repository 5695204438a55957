import { imagesDirectory, type StoredImage } from "@sysinit/image-store";
import { answersBinaryCache } from "@sysinit/nix-runner";
import { chooseImageSource, obtainImage, type ImageSource } from "@sysinit-internal/machine";
import { formatSeconds, narrateObtaining } from "@sysinit-internal/terminal";

import type { AcceptanceRun } from "./acceptance-run.ts";

/** The image that the run tests, and where it came from. */
export interface ImageUnderTest {
  image: StoredImage;
  source: ImageSource;
}

/** Builds and installs the image, and judges both rows. */
export async function obtainImageUnderTest(run: AcceptanceRun): Promise<ImageUnderTest> {
  const { app, options, recorder, stopwatch, facts } = run;
  const { output, signal } = app;
  const { env } = process;
  const source = await chooseImageSource({
    directory: run.directory,
    installable: options.installable,
    guest: options.guest,
    answersBinaryCache: () => answersBinaryCache({ env, signal }),
  });
  output.say(`image: ${source.installable} (${source.why})`);

  const narration = narrateObtaining(output, { build: "build", install: "install" });
  let builtAt = 0;
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    const { image, outcome } = await obtainImage({
      installable: source.installable,
      directory: run.directory,
      imageName: options.image,
      imagesDirectory: imagesDirectory({ env }),
      env,
      signal,
      ...narration,
      onBuilt: (built) => {
        builtAt = seconds();
        stopwatch.timeline.push({ step: "build", seconds: builtAt });
        recorder.action("image.build", judgeBuild(source, built.outcome, builtAt), builtAt);
        narration.onBuilt(built);
      },
    });
    const installSeconds = seconds() - builtAt;
    stopwatch.timeline.push({ step: "install", seconds: installSeconds });
    const evidence = `build and install of ${options.image}: ${outcome}, generation ${image.generation}`;
    recorder.action("image.install", { verdict: "pass", evidence }, seconds());
    narration.done(`${outcome}, generation ${image.generation}`);
    const { name, generation, sha256, file } = image;
    facts.image = { name, generation, sha256, file, installable: source.installable, why: source.why };
    return { image, source };
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

function judgeBuild(source: ImageSource, outcome: string, seconds: number) {
  const evidence = `nix build ${source.installable}: ${outcome} in ${formatSeconds(seconds)}`;
  if (source.isNixos) return { verdict: "pass" as const, evidence };
  return { verdict: "skip" as const, evidence: `${evidence}; ${source.why}` };
}
