export { isBrickingName } from "./bricking-names.ts";
export { quoteIdentifier, quoteString } from "./quote.ts";
export type { ObjectKind, ObjectReference, StatementReading, Touch, WriteVerb } from "./reading.ts";
export { redactSecrets } from "./redact-secrets.ts";
export { splitStatements } from "./split-statements.ts";
export type { Statement } from "./statement.ts";
export type { Token, TokenKind } from "./token.ts";
export { tokenize } from "./tokenize.ts";
export { unquoteIdentifier, unquoteString } from "./unquote.ts";
