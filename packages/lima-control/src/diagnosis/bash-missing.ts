import { lastTry, toldByLine, type CauseRule } from "./cause.ts";

export const bashMissing: CauseRule = toldByLine({
  code: "BASH_MISSING",
  text: "the guest has no /bin/bash, which limactl runs its checks with",
  hint: "Put bash at /bin/bash in the image; on NixOS the Lima module does.",
  lines: lastTry,
  patterns: [
    /\/bin\/bash: (?:No such file|not found|cannot)/i,
    /(?:No such file or directory|not found): ?\/bin\/bash/i,
  ],
  hopelessAfterMs: 120_000,
});
