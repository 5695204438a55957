export { templateSchema } from "./schema/template-schema.ts";
