/**
 * An expression for whether a record is there. `record::exists` denies one that was written in the same transaction:
 * read by its id, it has no `id` until it is committed (docs/engine.md).
 */
export function isThere(record: string): string {
  return `array::len((SELECT VALUE 1 FROM ${record})) > 0`;
}
