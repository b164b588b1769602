export type { ObjectKind, ObjectReference, StatementReading, Touch, WriteVerb } from "./reading.ts";
export type { Statement } from "./statement.ts";
