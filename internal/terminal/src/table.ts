import { stripVTControlCharacters } from "node:util";

import { textWidth } from "./width.ts";
import { wrapWords } from "./wrap-words.ts";

export interface Column<Row> {
  title: string;
  text(row: Row): string;
  align?: "left" | "right";
  /** May be left out where the table does not fit, since it is also said elsewhere; the last of them goes first. */
  spare?: boolean;
}

// Below it a last column of wrapped words is harder to read than rows as records.
const narrowestText = 20;
const gap = "  ";

/**
 * Rows under their titles, columns as wide as their longest text; the last column is not padded. What does not fit into
 * `width` columns (by default everything fits) is made narrower: spare columns go, one after the other; then the words of the
 * last column are wrapped; and where that is not enough each row is a record, a title and a text a line.
 */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width = Number.POSITIVE_INFINITY,
): string {
  const cells = cellsOf(columns, rows);
  if (widthOf(cells) <= width) return join(columns, cells);
  const spare = columns.findLastIndex((column) => column.spare);
  if (spare !== -1) return renderTable(columns.toSpliced(spare, 1), rows, width);
  const room = width - widthOf(cells.map((line) => [...line.slice(0, -1), ""]));
  if (room >= narrowestText) return join(columns, wrapLast(cells, room));
  return rows.map((row) => record(columns, row, width)).join("\n\n");
}

function cellsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[][] {
  return [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ text }) => text(row)))];
}

function record<Row>(columns: readonly Column<Row>[], row: Row, width: number): string {
  const lines = columns.map(({ title, text }) => [title, text(row)]);
  const room = Math.max(1, width - widthOf(lines.map(([title]) => [title!, ""])));
  return join([{}, {}], wrapLast(lines, room));
}

/** Each line of the last column becomes one of the table. */
function wrapLast(cells: readonly string[][], room: number): string[][] {
  return cells.flatMap((line) => {
    const others = line.slice(0, -1);
    return wrapWords(line.at(-1)!, room).map((text, index) => [
      ...(index === 0 ? others : others.map(() => "")),
      text,
    ]);
  });
}

function join(columns: readonly { align?: "left" | "right" }[], cells: readonly string[][]): string {
  const widths = widthsOf(cells);
  const pad = (text: string, index: number) => {
    const padding = " ".repeat(widths[index]! - visibleWidth(text));
    return columns[index]!.align === "right" ? padding + text : text + padding;
  };
  return cells.map((line) => line.map(pad).join(gap).trimEnd()).join("\n");
}

function widthsOf(cells: readonly string[][]): number[] {
  return cells[0]!.map((_, index) => Math.max(...cells.map((line) => visibleWidth(line[index]!))));
}

function widthOf(cells: readonly string[][]): number {
  const widths = widthsOf(cells);
  return widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
}

function visibleWidth(text: string): number {
  return textWidth(stripVTControlCharacters(text));
}
