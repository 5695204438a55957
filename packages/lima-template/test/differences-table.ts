import { limactlRefuses, weRefuse, type LimactlRefuses, type WeRefuse } from "./differences.ts";

/** The table of differences as the README has it. */
export function differencesTable(): string {
  const rows = new Map<string, { row: WeRefuse | LimactlRefuses; codes: string[] }>();
  for (const row of [...weRefuse, ...limactlRefuses]) {
    const codes = "code" in row ? [`\`${row.code}\``] : [];
    const earlier = rows.get(row.what);
    if (earlier === undefined) rows.set(row.what, { row, codes });
    else earlier.codes.push(...codes);
  }
  const lines = [...rows.values()].map(({ row, codes }) => {
    const limactl = `limactl${row.only === undefined ? "" : ` ${row.only}`}`;
    const verdict = "code" in row ? `error ${codes.join(" ")}` : "no error";
    const other = "code" in row ? "accepts" : "refuses";
    return `| ${row.what} | ${verdict} | ${limactl} ${other} | ${row.because} |`;
  });
  return ["| | we | | because |", "|---|---|---|---|", ...lines].join("\n");
}
