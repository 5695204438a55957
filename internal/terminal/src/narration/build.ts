import type { BuildEvent } from "@sysinit/nix-runner";

import type { Step } from "../step.ts";
import { formatBytes } from "../units.ts";

const phases = {
  evaluate: "evaluating",
  query: "asking what is there already",
  fetch: "downloading",
  build: "building",
  "find-image": "looking for the image",
  copy: "copying the image here",
  done: "done",
} as const;

/** Shows a nix build on a step: bytes downloaded, builds done of total, what is running and in which phase. */
export function narrateBuild(step: Step): (event: BuildEvent) => void {
  let lastLine = "";
  return (event) => {
    switch (event.type) {
      case "phase":
        step.update(phases[event.phase]);
        break;
      case "progress": {
        const parts: string[] = [];
        if (event.downloadedBytes > 0) {
          const total =
            event.downloadTotalBytes === undefined ? "" : ` of ${formatBytes(event.downloadTotalBytes)}`;
          parts.push(`downloaded ${formatBytes(event.downloadedBytes)}${total}`);
        }
        if (event.buildsTotal > 0) parts.push(`built ${event.built} of ${event.buildsTotal}`);
        for (const { name, phase } of event.running)
          parts.push(phase === undefined ? name : `${name} [${phase}]`);
        if (lastLine !== "") parts.push(lastLine);
        if (parts.length > 0) step.update(parts.join(" · "));
        break;
      }
      case "log":
        lastLine = event.line;
        step.log(`${event.name}> ${event.line}`);
        break;
      case "build-finished":
        lastLine = "";
        break;
      case "waiting":
        step.update(event.text);
        break;
      case "warning":
        step.note(`nix: ${event.text}`);
        break;
      case "build-started":
        break;
    }
  };
}
