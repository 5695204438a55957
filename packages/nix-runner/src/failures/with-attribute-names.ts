import { parseInstallable } from "../nix/installable.ts";
import { queryAttributeNames, type NixQuery } from "../nix/query.ts";
import type { Failure } from "./failure.ts";

const mostTold = 20;

/** Says which attributes there are beside the one that is not; other failures are left as they are. */
export async function withAttributeNames(
  failure: Failure,
  installable: string,
  query: NixQuery,
): Promise<Failure> {
  const attributes = failure.details?.["attributes"];
  const { flakeReference } = parseInstallable(installable);
  if (failure.code !== "ATTR_NOT_FOUND" || !Array.isArray(attributes) || flakeReference === undefined)
    return failure;
  const parent = String(attributes[0]).split(".").slice(0, -1).join(".");
  if (parent === "") return failure;
  const available = await queryAttributeNames(query, `${flakeReference}#${parent}`);
  if (available.length === 0) return failure;
  const hint = failure.hint ?? `${parent} has: ${available.slice(0, mostTold).join(", ")}`;
  return { ...failure, hint, details: { ...failure.details, available } };
}
