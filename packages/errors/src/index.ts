export { amendError } from "./amend-error.ts";
export type { ErrorCategory } from "./category.ts";
export { serverReason } from "./server-reason.ts";
export { isSurqlError, SurqlError, type SurqlErrorInit } from "./surql-error.ts";
