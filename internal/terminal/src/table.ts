import { stripVTControlCharacters } from "node:util";

export interface Column<Row> {
  title: string;
  text(row: Row): string;
  align?: "left" | "right";
}

/** Rows under their titles, columns as wide as their longest text; the last column is not padded. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((c) => c.text(row))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => visibleLength(line[index]!))));
  return cells
    .map((line) =>
      line
        .map((text, index) => pad(text, index))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");

  function pad(text: string, index: number): string {
    const padding = " ".repeat(widths[index]! - visibleLength(text));
    if (columns[index]!.align === "right") return padding + text;
    return text + padding;
  }
}

function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}
