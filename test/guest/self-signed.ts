import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { runProcess } from "@sysinit-internal/process";

/** A certificate that nobody else has signed, as PEM; its files are left in the folder. */
export async function selfSigned(folder: string): Promise<string> {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const outcome = await runProcess({
    file: "openssl",
    args: [
      ...[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
      ],
      ...["-subj", "/CN=made up", "-keyout", key, "-out", certificate],
    ],
    timeoutMs: 30_000,
  });
  if (outcome.exitCode !== 0) throw new Error(outcome.stderr);
  return await readFile(certificate, "utf8");
}
