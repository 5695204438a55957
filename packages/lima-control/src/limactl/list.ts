import { setTimeout as sleep } from "node:timers/promises";

import { parseInstance, recordWithoutTemplate, type InstanceRecord } from "../instances/instance-record.ts";
import { instanceDirectory, instanceNamesOnDisk, instanceOnDisk } from "../instances/instance-directory.ts";
import type { LimaContext } from "../lima-context.ts";
import { limactlFailed, runLimactl, succeeded } from "./run-limactl.ts";

// limactl fails for an instance that is deleted while it reads it, and up to 2.1 for all others with it.
const attempts = 4;
const pauseMs = 250;

/**
 * Asks limactl for the named instances, or for all; those that do not exist are left out.
 *
 * Every instance is asked for by its name, and only those that have a template: up to Lima 2.1 one directory without
 * `lima.yaml` makes a plain `limactl list` fail for all (lima-vm/lima#5236). The format `{{json .}}` has no limit on the
 * length of a line, as `--json` has.
 *
 * @throws LimaControlError LIMACTL_FAILED
 */
export async function listInstances(
  context: LimaContext,
  names: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<InstanceRecord[]> {
  for (let attempt = 1; ; attempt += 1) {
    const records = new Map<string, InstanceRecord>();
    const whole: string[] = [];
    for (const name of names ?? (await instanceNamesOnDisk(context.home))) {
      const found = await instanceOnDisk(context.home, name);
      if (found === "whole") whole.push(name);
      if (found === "without-template") {
        records.set(name, recordWithoutTemplate(name, instanceDirectory(context.home, name)));
      }
    }
    if (whole.length === 0) return [...records.values()];

    const outcome = await runLimactl(context, ["list", "--format", "{{json .}}", ...whole], {
      signal,
      timeoutMs: 60_000,
      maxOutputBytes: 64 * 1024 * 1024,
    });
    for (const record of parseInstances(outcome.stdout)) records.set(record.name, record);
    if (whole.every((name) => records.has(name))) return byName(records);

    const unseen = await Promise.all(
      whole
        .filter((name) => !records.has(name))
        .map(async (name) => (await instanceOnDisk(context.home, name)) === "whole"),
    );
    if (!unseen.includes(true)) return byName(records);
    if (attempt === attempts || (succeeded(outcome) && outcome.truncated)) {
      throw limactlFailed("the instances could not be listed", outcome);
    }
    await sleep(pauseMs * attempt);
  }
}

/** Reads the output of `limactl list`: one JSON object a line, or an array of them; other lines are passed over. */
export function parseInstances(stdout: string): InstanceRecord[] {
  return stdout
    .split("\n")
    .flatMap((line): unknown[] => {
      try {
        const value: unknown = JSON.parse(line);
        return Array.isArray(value) ? value : [value];
      } catch {
        return [];
      }
    })
    .map(parseInstance)
    .filter((record) => record !== undefined);
}

function byName(records: ReadonlyMap<string, InstanceRecord>): InstanceRecord[] {
  return [...records.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}
