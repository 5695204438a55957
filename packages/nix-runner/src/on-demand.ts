// What a build with nothing to do has no use for, loaded by `import()` when something has. In one module, so that it is one file in
// the package: each further one would make more pieces of what it shares with the rest, and each piece takes half a millisecond
// to load.
export { runFindBuilders } from "./builders/run-find-builders.ts";
export { explainOutcome } from "./failures/explain-outcome.ts";
export { runBuildImageOn } from "./machine/run-build-image-on.ts";
export { BuildHistory } from "./state/build-history.ts";
