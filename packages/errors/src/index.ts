export type { ErrorCategory } from "./category.ts";
export { isSurqlError, SurqlError, type SurqlErrorInit } from "./surql-error.ts";
