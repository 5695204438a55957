import { parseDuration, ProjectError } from "@sysinit-internal/project";

/** The limit of `--timeout` in lima-control's words; without one its own default holds. Throws BAD_SETTING. */
export function timeLimit(text: string | undefined): { timeoutMs?: number } {
  if (text === undefined) return {};
  const timeoutMs = parseDuration(/^\d+$/.test(text) ? `${text}s` : text);
  if (timeoutMs !== undefined) return { timeoutMs };
  throw new ProjectError({
    code: "BAD_SETTING",
    message: `--timeout must be a duration such as 90s, 10m or 2h, or a number of seconds, not ${JSON.stringify(text)}`,
  });
}
