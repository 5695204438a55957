export { readmeExample } from "./readme-example.ts";
export { runExample } from "./run-example.ts";
export { untilEnded } from "./until-ended.ts";
