export type { AttributeChange, SchemaChange, SchemaDifference } from "./difference.ts";
export type { Definitions, SchemaSnapshot, TableSnapshot } from "./snapshot.ts";
