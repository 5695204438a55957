import { ImageStoreError } from "../errors/image-store-error.ts";

const form = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * Checks an image name: 1 to 64 of a-z, 0-9, `.`, `_` and `-`, beginning with a letter or digit. Lower case only, since
 * file systems differ about case. A name that ends like a date or in "latest" would make file names ambiguous.
 *
 * @throws ImageStoreError BAD_NAME
 */
export function checkImageName(name: string): void {
  const reason = reasonAgainst(name);
  if (reason === undefined) return;
  throw new ImageStoreError({
    code: "BAD_NAME",
    message: `${JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name)} is no image name: ${reason}`,
    hint: "Use a-z, 0-9, '.', '_' and '-', as in lima-minimal.",
    details: { name },
  });
}

function reasonAgainst(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name.length > 64) return `it has ${name.length} characters, 64 are allowed`;
  if (!/^[a-z0-9]/.test(name)) return "it must begin with a lower-case letter or a digit";
  if (!form.test(name)) return "it may hold only a-z, 0-9, '.', '_' and '-'";
  if (/(^|-)latest$/.test(name)) return "a name that ends in 'latest' would be taken for the latest link";
  if (/(^|-)\d{8}-\d{6}(-\d+)?$/.test(name))
    return "a name that ends like a date would be taken for a generation";
  return undefined;
}
