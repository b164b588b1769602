export {
  disableAutoSnapshots,
  enableAutoSnapshots,
  isAutoSnapshotEnabled,
} from "./auto-snapshots.ts";
export { canonicalSchema } from "./alignment/canonical-schema.ts";
export { canonicalJson } from "./canonical-json.ts";
export { alignSchema } from "./alignment/align-schema.ts";
export { captureSchema, schemaOf, type CaptureOptions } from "./capture-schema.ts";
export { schemaChecksum, verifyChecksum } from "./checksum.ts";
export { compareSnapshots } from "./compare-snapshots.ts";
export { compareSchemas } from "./compare-schemas.ts";
export { createSnapshot, type CreateSnapshotOptions } from "./create-snapshot.ts";
export { deleteSnapshot } from "./delete-snapshot.ts";
export type { AttributeChange, SchemaChange, SchemaDifference } from "./difference.ts";
export { emptySchema } from "./empty-schema.ts";
export { exportSnapshot } from "./export-snapshot.ts";
export { importSnapshot } from "./import-snapshot.ts";
export type { DatabaseInfo, TableInfo } from "./info.ts";
export { isView } from "./is-view.ts";
export { listSnapshots } from "./list-snapshots.ts";
export { loadSnapshot } from "./load-snapshot.ts";
export { infoAddress, type InfoAddress } from "./object-kinds.ts";
export { objectPath } from "./object-path.ts";
export { ownedTables } from "./owned-tables.ts";
export { pruneSnapshots, type PruneOptions } from "./prune-snapshots.ts";
export { renderDifference } from "./render-difference.ts";
export {
  differenceScript,
  type DifferenceGap,
  type DifferenceScript,
  type DifferenceScriptOptions,
  type DifferenceStatement,
} from "./script/difference-script.ts";
export { fieldParts } from "./script/field-parts.ts";
export { renderScript, type RenderableScript } from "./script/render-script.ts";
export type { SchemaReader } from "./schema-reader.ts";
export { sealSchema, wholeSchema, wholeSchemaBindings, type SchemaSeal } from "./seal-schema.ts";
export { snapshotScript } from "./snapshot-script.ts";
export type {
  Definitions,
  Schema,
  SchemaSnapshot,
  SnapshotSummary,
  TableSnapshot,
} from "./snapshot.ts";
export { storeSnapshot } from "./store-snapshot.ts";
export { tablesOf } from "./tables-of.ts";
export { unreadableTables, type UnreadableTable } from "./unreadable-tables.ts";
