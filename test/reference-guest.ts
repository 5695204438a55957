import { join } from "node:path";

import { buildImage } from "@sysinit/nix-runner";
import { guestSystem } from "@sysinit-internal/machine";

/** The reference guest's installable in this checkout. */
export const referenceGuest = `${join(import.meta.dirname, "../nix/reference-guest")}#packages.${guestSystem()}.image`;

/** Vitest's set-up of the machine project: the image that every VM test starts from, built once by the real nix. */
export default async function setup(): Promise<void> {
  if (process.env["SYSINIT_TEST_IMAGE"] !== undefined) return;
  const began = performance.now();
  let saidAt = 0;
  const { file, outcome } = await buildImage({
    installable: referenceGuest,
    onEvent: (event) => {
      const seconds = (performance.now() - began) / 1000;
      if (event.type !== "progress" || seconds - saidAt < 15) return;
      saidAt = seconds;
      const running = event.running.map(({ name, phase }) => `${name} [${phase ?? "…"}]`).join(", ");
      console.log(
        `reference guest: ${seconds.toFixed(0)} s, built ${event.built} of ${event.buildsTotal}, ${running}`,
      );
    },
  });
  console.log(`reference guest: ${outcome} in ${((performance.now() - began) / 1000).toFixed(0)} s, ${file}`);
  process.env["SYSINIT_TEST_IMAGE"] = file;
}
