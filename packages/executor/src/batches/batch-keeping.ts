import type { QuarantineKind } from "@surql/history";

/** Something that is kept in batches, before the transaction that loses it. A plain value, but for its text. */
export interface BatchKeeping {
  /** Version of the migration whose down loses it. */
  readonly migration: string;
  readonly kind: Extract<QuarantineKind, "table" | "field">;
  readonly table: string;
  /** As the engine writes it; of a `field`. */
  readonly field?: string | undefined;
  /** The other columns of the header (docs/formats.md): `path`, `definition`, `cleaned`. */
  readonly header: Readonly<Record<string, unknown>>;
  /** Whether the records are edges. */
  readonly relation: boolean;
  /** How many records there were when it was planned. */
  readonly records: number;
  /** The SELECT of what is kept, each with its `id`, from a source in SurrealQL such as `type::table($t)`. */
  readonly itemsFrom: (source: string) => string;
}
