import { ImageStoreError } from "../errors/image-store-error.ts";
import { latestLinkProblem, readLatestLinks } from "../store/latest-link.ts";
import type { StoreContent } from "../store/read-store.ts";

/** What is wrong with the latest links, by image name. */
export async function findLinkProblems(
  directory: string,
  content: StoreContent,
): Promise<Map<string, string[]>> {
  const problems = new Map<string, string[]>();
  for (const name of new Set(content.entries.map((entry) => entry.manifest.name))) {
    const found = await problemsOf(directory, name, content);
    if (found.length > 0) problems.set(name, found);
  }
  return problems;
}

async function problemsOf(directory: string, name: string, content: StoreContent): Promise<string[]> {
  try {
    const links = await readLatestLinks(directory, name);
    if (links.length === 0) return [`${name} has no latest link`];
    if (links.length > 1)
      return [`${name} has two latest links: ${links.map(({ path }) => path).join(", ")}`];
    return links.flatMap((link) => {
      const known = content.entries.some(
        (entry) => entry.found !== undefined && entry.manifest.file === link.file,
      );
      const problem =
        latestLinkProblem(link) ??
        (known ? undefined : `${link.path} leads to ${link.target}, which is missing`);
      return problem === undefined ? [] : [problem];
    });
  } catch (error) {
    if (ImageStoreError.is(error, "LATEST_NOT_A_LINK")) return [error.message];
    throw error;
  }
}
