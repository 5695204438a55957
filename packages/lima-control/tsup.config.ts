import { libraryConfig } from "../../tsup.library.ts";

// The last one is the program that the fake starts.
export default libraryConfig(["src/index.ts", "src/fake/index.ts", "src/fake/program/limactl.ts"]);
