import type { QuarantineKind } from "@surql/history";

/** Something that a rollback will keep. */
export interface PlannedKeep {
  /** Version of the migration whose down loses it. */
  readonly migration: string;
  readonly kind: QuarantineKind;
  readonly table: string;
  /** The removed field as the engine writes it; of a `field`. */
  readonly field?: string | undefined;
  /** The removed table whose records these edges join; of `edges`. */
  readonly of?: string | undefined;
  /** Set where what has no definition any more is taken out of the records too. */
  readonly cleans?: true | undefined;
  /** How many records or values. */
  readonly records: number;
  /** `false` where it may be fewer: of a table that may be written to, only what is changed is kept. */
  readonly exact: boolean;
  /** Set where it is kept in batches before the transaction that loses it, because one transaction should not hold it. */
  readonly inBatches?: true | undefined;
  /** How many records the table holds, where an image of all of it is kept in batches; of `records`. */
  readonly image?: number | undefined;
  /** How many records the transaction has to hold at once for it, where that is more than it should. */
  readonly held?: number | undefined;
}
