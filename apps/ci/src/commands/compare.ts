import { compareReports, readReport } from "@sysinit-internal/acceptance/reports";
import { exitCodes, renderTable, safeLine, terminalWidth, type AppContext } from "@sysinit-internal/terminal";

/** What got slower, bigger, newly failing or newly flaky between two reports; ends with 1 when something did. */
export async function compare({ output }: AppContext, base: string, head: string): Promise<number> {
  const comparison = compareReports(await readReport(base), await readReport(head));
  const { changes, notes, verdict } = comparison;
  const table = renderTable(
    [
      { title: "CELL", text: ({ cell }) => safeLine(cell) },
      { title: "CHANGE", text: ({ kind }) => kind },
      { title: "WHAT", text: ({ what }) => safeLine(what) },
      { title: "BASE → HEAD", text: ({ text }) => safeLine(text).slice(0, 120) },
    ],
    changes,
    terminalWidth(output.stdout),
  );
  const lines = [
    changes.length === 0 ? "nothing changed beyond noise" : table,
    ...notes.map((note) => `note: ${safeLine(note)}`),
  ];
  output.data(comparison, lines.join("\n"));
  return verdict === "worse" ? exitCodes.failed : exitCodes.ok;
}
