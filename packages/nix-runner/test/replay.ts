import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { BuildEvent } from "../src/events/build-event.ts";
import { BuildState } from "../src/events/build-state.ts";
import { classify } from "../src/failures/classify.ts";
import { gatherEvidence } from "../src/failures/evidence.ts";
import type { Failure, FailureEvidence } from "../src/failures/failure.ts";
import { parseBuildOutput } from "../src/nix/build-output.ts";
import { parseRecord } from "../src/nix/internal-json.ts";

const captures = join(import.meta.dirname, "fixtures/captures");

/** What nix wrote in a capture, as "2.26/01-success". */
export function readCapture(name: string): { stdout: string; stderrLines: string[] } {
  const [stdout, stderr] = ["stdout", "stderr"].map((stream) => {
    const file = join(captures, `${name}.${stream}.txt`);
    return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  }) as [string[], string[]];
  if (stdout.length + stderr.length === 0) throw new Error(`there is no capture ${name}`);
  return { stdout: stdout[0] ?? "", stderrLines: stderr };
}

/** Runs a capture through the state; the n-th line comes n ms after the start. `afterEach` sees the state between the lines. */
export function replay(name: string, afterEach: (state: BuildState, atMs: number) => void = () => {}) {
  const { stdout, stderrLines } = readCapture(name);
  const state = new BuildState();
  const events: BuildEvent[] = [];
  stderrLines.forEach((line, atMs) => {
    events.push(...state.observe(parseRecord(line), atMs));
    afterEach(state, atMs);
  });
  const output = parseBuildOutput(stdout);
  events.push(...state.close(output !== undefined, stderrLines.length));
  return { state, events, output };
}

/** How the failure in a capture is explained. */
export function failureIn(
  name: string,
  facts: Partial<Pick<FailureEvidence, "maxSilentMs" | "originalOf">> = {},
): Failure {
  const { state, output } = replay(name);
  const { maxSilentMs, ...others } = facts;
  const evidence = gatherEvidence(state, {
    installable: ".#image",
    maxSilentMs,
    hasResult: output !== undefined,
  });
  return classify({ ...evidence, ...others });
}

/** How an error that nix words like this is explained; for what no capture shows. */
export function failureSaying(raw: string, facts: Partial<FailureEvidence> = {}): Failure {
  return classify({
    installable: ".#image",
    complaints: [{ raw, whole: `error: ${raw}`, position: undefined }],
    talk: [],
    realising: true,
    evaluated: "git+file:///home/dev/flake#image",
    started: new Set(),
    logTail: () => [],
    maxSilentMs: undefined,
    hasResult: false,
    originalOf: () => undefined,
    ...facts,
  });
}
