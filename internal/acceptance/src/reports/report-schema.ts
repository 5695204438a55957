import * as z from "zod";

import type { Report } from "../report.ts";
import type { MergedReport } from "./merged-report.ts";

const verdict = z.enum(["pass", "fail", "skip", "error"]);
const seconds = z.number().nonnegative();
const counts = z.object({ pass: z.int(), fail: z.int(), skip: z.int(), error: z.int() });
const span = { startSeconds: z.number(), seconds };

const check = z.object({
  id: z.string(),
  section: z.string(),
  title: z.string(),
  verdict,
  evidence: z.string(),
  output: z.string().optional(),
  seconds,
  source: z.object({ file: z.string(), line: z.int() }).optional(),
  rounds: z.array(z.object({ verdict, seconds })).optional(),
});

const facts = z.object({
  instance: z.string().optional(),
  versions: z.record(z.string(), z.string()).optional(),
  accelerator: z.object({ kind: z.string(), hardware: z.boolean(), reason: z.string() }).optional(),
  image: z
    .object({
      name: z.string(),
      generation: z.number(),
      sha256: z.string(),
      file: z.string(),
      installable: z.string().optional(),
      why: z.string(),
    })
    .optional(),
});

const phases = ["host", "host and firmware", "firmware", "boot loader", "kernel", "initrd", "units"] as const;

const common = { startedAt: z.iso.datetime(), seconds, verdict: z.enum(["pass", "fail", "error"]), counts };

/** A report of one run; what a newer minor version adds is dropped. */
const report = z.object({
  schemaVersion: z.literal(1),
  ...common,
  facts,
  timeline: z.array(z.object({ step: z.string(), seconds })),
  checks: z.array(check),
  suite: z.object({ name: z.string(), file: z.string() }).optional(),
  cell: z
    .object({
      id: z.string(),
      image: z.string().optional(),
      lima: z.string().optional(),
      vmType: z.string().optional(),
      arch: z.string().optional(),
    })
    .optional(),
  rounds: z.int().optional(),
  measurements: z.object({ bootSeconds: z.array(seconds), imageBytes: z.number().optional() }).optional(),
  boot: z
    .object({
      phases: z.array(z.object({ name: z.enum(phases), ...span })),
      units: z.array(z.object({ name: z.string(), ...span })),
      firstShellSeconds: seconds,
    })
    .optional(),
  attempts: z.array(z.object({ code: z.string(), message: z.string(), seconds })).optional(),
  failure: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
  excerpts: z.array(z.object({ title: z.string(), text: z.string() })).optional(),
  kept: z.string().optional(),
});

const merged = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal("merged"),
  ...common,
  parts: z.array(report).min(1),
});

/** Either kind of report. `undefined` is no value of JSON, so that what may be absent is never that. */
export const anyReport = z.union([merged, report]) as unknown as z.ZodType<Report | MergedReport>;
