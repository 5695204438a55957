import type { StoreEvent } from "@sysinit/image-store";
import type { BuildEvent } from "@sysinit/nix-runner";

import type { Output } from "../output.ts";
import { BuildView } from "../progress/build-view.ts";
import { narrateBuild } from "./build.ts";
import { narrateStore } from "./store.ts";

/** Listeners that show a build and then the install of what it built, as two steps. */
export interface ObtainNarration {
  onBuild(event: BuildEvent): void;
  onBuilt(built: { outcome: string }): void;
  onStore(event: StoreEvent): void;
  /** Ends the step that is running. */
  done(text: string): void;
  failed(): void;
}

export function narrateObtaining(
  output: Output,
  titles: { build: string; install: string },
): ObtainNarration {
  let step = output.step(titles.build);
  const view = new BuildView();
  const onBuild = narrateBuild(step, view);
  let onStore: ((event: StoreEvent) => void) | undefined;
  return {
    onBuild,
    onBuilt({ outcome }) {
      step.done([outcome, view.summary()].filter((text) => text !== "").join(": "));
      step = output.step(titles.install);
      onStore = narrateStore(step);
    },
    onStore: (event) => onStore?.(event),
    done: (text) => step.done(text),
    failed: () => step.failed(),
  };
}
