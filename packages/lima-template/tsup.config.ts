import { libraryConfig } from "../../tsup.library.ts";

export default libraryConfig(["src/index.ts", "src/zod.ts"]);
