export { CodedError, isCodedError, type CodedErrorInit, type ErrorReport } from "./coded-error.ts";
export { brandOf, hasBrand } from "./brand.ts";
