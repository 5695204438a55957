import { cellsOf, imageName, type Cell } from "@sysinit-internal/acceptance/suite";
import { renderTable, terminalWidth, type AppContext } from "@sysinit-internal/terminal";

import { loadSuite, suiteFile, usualSuite } from "../plan/load-suite.ts";

/** Lists the cells of a suite: with --json as the matrix of a pipeline, `{ "include": [ … ] }`. */
export async function plan({ output }: AppContext, named: string | undefined): Promise<void> {
  const directory = process.cwd();
  const suite = await loadSuite(suiteFile(named, directory) ?? usualSuite, directory);
  const include = cellsOf(suite.value).map(cellForPipeline);
  const column = (title: string, key: keyof ReturnType<typeof cellForPipeline>) => ({
    title,
    text: (cell: ReturnType<typeof cellForPipeline>) => cell[key] ?? "",
  });
  const columns = [
    column("CELL", "id"),
    column("IMAGE", "image"),
    column("LIMA", "lima"),
    column("VMTYPE", "vmType"),
    column("ARCH", "arch"),
  ];
  output.data({ include }, renderTable(columns, include, terminalWidth(output.stdout)));
}

/** A cell whose values are all text, as pipelines want them. */
function cellForPipeline({ id, image, lima, vmType, arch }: Cell) {
  return {
    id,
    ...(image !== undefined && { image: imageName(image) }),
    ...(lima !== undefined && { lima }),
    ...(vmType !== undefined && { vmType }),
    ...(arch !== undefined && { arch }),
  };
}
