import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const eventSchema = z.object({
  time: z.string(),
  status: z.object({
    running: z.boolean().catch(false),
    degraded: z.boolean().catch(false),
    exiting: z.boolean().catch(false),
    errors: z.array(z.string()).catch([]),
  }),
});

/** What the host agent last said of the VM as a whole. */
export type HostAgentVerdict =
  | { state: "starting" }
  | { state: "running" }
  | { state: "degraded"; errors: string[] }
  | { state: "exiting"; errors: string[] };

/**
 * Reads `ha.stdout.log`: one JSON event a line (pkg/hostagent/events/events.go of Lima), the same since 1.0. Most of
 * them tell of forwarded ports; "exiting" is the last one, "running" comes once.
 *
 * @param sinceMs Events before this time (ms since 1970) are of an earlier start.
 */
export function readHostAgentVerdict(log: string, sinceMs = 0): HostAgentVerdict {
  let verdict: HostAgentVerdict = { state: "starting" };
  for (const line of log.split("\n")) {
    const event = parseEvent(line);
    if (event === undefined || Date.parse(event.time) < sinceMs) continue;
    const { running, degraded, exiting, errors } = event.status;
    if (exiting) verdict = { state: "exiting", errors };
    else if (running) verdict = degraded ? { state: "degraded", errors } : { state: "running" };
  }
  return verdict;
}

/** The same, from the directory of an instance. */
export async function hostAgentVerdict(dir: string, sinceMs = 0): Promise<HostAgentVerdict> {
  const log = await readFile(join(dir, "ha.stdout.log"), "utf8").catch(() => "");
  return readHostAgentVerdict(log, sinceMs);
}

function parseEvent(line: string): z.output<typeof eventSchema> | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
