import type { FindBuildersOptions, FoundBuilders } from "./builders/found-builders.ts";

/**
 * Says who can build for a system, before anything is evaluated: this machine, natively or by emulation, a Linux builder, another
 * machine, or nobody, and then what to do. Builds nothing and changes nothing; the ssh port of machines that suit is tried.
 * @throws NixRunnerError NIX_NOT_FOUND, NIX_TOO_OLD, NIX_UNUSABLE, PROTOCOL, ABORTED
 */
export async function findBuilders(options: FindBuildersOptions = {}): Promise<FoundBuilders> {
  const { runFindBuilders } = await import("./on-demand.ts");
  return runFindBuilders(options);
}
