import type { Report } from "@sysinit-internal/acceptance";

import report from "./fixtures/report.json" with { type: "json" };

/** What a run of a suite on the reference guest, under emulation, reported. */
export const sampleReport = report as unknown as Report;
