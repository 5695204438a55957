import type { SuiteImage } from "./image-schema.ts";
import { imageName } from "./suite-image.ts";
import type { SuiteValue } from "./suite-schema.ts";

/** One combination of the matrix: what it does not name is left to the template and the machine. */
export interface Cell {
  /** Made of the values of the matrix, in the order image, lima, vmType, arch; "default" without a matrix. */
  id: string;
  image?: SuiteImage;
  lima?: string;
  vmType?: "qemu" | "vz" | "krunkit";
  arch?: "x86_64" | "aarch64";
}

/** All cells of a suite, in the order of its lists; one where it has no matrix. */
export function cellsOf(suite: SuiteValue): Cell[] {
  const { matrix, image } = suite;
  const fixed = image === undefined ? {} : { image };
  if (matrix === undefined) return [{ id: "default", ...fixed }];
  const cells: Omit<Cell, "id">[] = [];
  for (const image of valuesOf(matrix.image)) {
    for (const lima of valuesOf(matrix.lima)) {
      for (const vmType of valuesOf(matrix.vmType)) {
        for (const arch of valuesOf(matrix.arch)) {
          cells.push({
            ...(image === undefined ? fixed : { image }),
            ...(lima !== undefined && { lima }),
            ...(vmType !== undefined && { vmType }),
            ...(arch !== undefined && { arch }),
          });
        }
      }
    }
  }
  return cells
    .filter((cell) => !(matrix.exclude ?? []).some((entry) => agrees(cell, entry)))
    .map((cell) => ({ id: idOf(cell, matrix.image !== undefined), ...cell }));
}

type Exclusion = NonNullable<NonNullable<SuiteValue["matrix"]>["exclude"]>[number];

function agrees(cell: Omit<Cell, "id">, { image, lima, vmType, arch }: Exclusion): boolean {
  return (
    (image === undefined || (cell.image !== undefined && imageName(cell.image) === image)) &&
    (lima === undefined || cell.lima === lima) &&
    (vmType === undefined || cell.vmType === vmType) &&
    (arch === undefined || cell.arch === arch)
  );
}

function idOf(cell: Omit<Cell, "id">, imageVaries: boolean): string {
  const image = imageVaries && cell.image !== undefined ? imageName(cell.image) : undefined;
  return (
    [image, cell.lima, cell.vmType, cell.arch].filter((part) => part !== undefined).join("-") || "default"
  );
}

function valuesOf<Value>(values: readonly Value[] | undefined): readonly (Value | undefined)[] {
  return values ?? [undefined];
}
