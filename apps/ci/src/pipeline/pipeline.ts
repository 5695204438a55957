/** Whose log we write into. */
export type Pipeline = "github" | "gitlab" | "buildkite" | "none";

/** What --pipeline may name. */
export const pipelines = ["auto", "github", "gitlab", "buildkite", "none"] as const;

/**
 * The pipeline that runs us, by the variables that each of them documents. Forgejo and Gitea say GITHUB_ACTIONS too, and
 * read the same commands.
 */
export function detectPipeline(env: Readonly<Record<string, string | undefined>>): Pipeline {
  if (env["GITHUB_ACTIONS"] === "true") return "github";
  if (env["GITLAB_CI"] === "true") return "gitlab";
  if (env["BUILDKITE"] === "true") return "buildkite";
  return "none";
}
