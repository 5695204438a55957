import { expect, it } from "vitest";

import { detectPipeline } from "../src/pipeline/pipeline.ts";
import { sectionsOf } from "../src/pipeline/sections.ts";

it.each([
  [{ GITHUB_ACTIONS: "true", CI: "true" }, "github"],
  [{ GITLAB_CI: "true", CI: "true" }, "gitlab"],
  [{ BUILDKITE: "true", CI: "true" }, "buildkite"],
  [{ CI: "true" }, "none"],
  [{}, "none"],
])("%j is %s", (env, pipeline) => {
  expect(detectPipeline(env)).toBe(pipeline);
});

it("GitHub's groups and Buildkite's are lines of their own", () => {
  const github = sectionsOf("github")!;
  expect(github.open("start\nvm\u001b[2J") + github.close()).toBe("::group::startvm\n::endgroup::\n");
  const buildkite = sectionsOf("buildkite")!;
  expect(buildkite.open("start vm") + buildkite.close()).toBe("--- start vm\n");
});

it("GitLab's sections have a number that nobody else uses, and the seconds of their beginning and end", () => {
  let nowMs = 5_000;
  const gitlab = sectionsOf("gitlab", () => nowMs)!;
  const log = [
    gitlab.open("build"),
    (nowMs = 9_900) && gitlab.close(),
    gitlab.open("start"),
    gitlab.close(),
  ].join("");
  expect(log).toBe(
    [
      "\u001b[0Ksection_start:5:lima_ci_1[collapsed=true]\r\u001b[0Kbuild\n",
      "\u001b[0Ksection_end:9:lima_ci_1\r\u001b[0K\n",
      "\u001b[0Ksection_start:9:lima_ci_2[collapsed=true]\r\u001b[0Kstart\n",
      "\u001b[0Ksection_end:9:lima_ci_2\r\u001b[0K\n",
    ].join(""),
  );
});

it("outside of pipelines there are no sections", () => {
  expect(sectionsOf("none")).toBeUndefined();
});
