import type { QuarantineKind } from "@surql/history";
import type { PreparedStatement } from "../run/prepared-statement.ts";
import type { EdgeForm } from "./table-facts.ts";

/** Something that the statements of one migration lose, and how it is kept: one entry of the quarantine. */
export interface Keeping {
  /** Id of the entry. */
  readonly id: string;
  readonly kind: QuarantineKind;
  /** Version of the migration whose down loses it. */
  readonly migration: string;
  readonly table: string;
  /** The removed field as the engine writes it; of a `field`. */
  readonly field?: string | undefined;
  /** The removed table whose records are joined; of `edges`. */
  readonly of?: string | undefined;
  /** What of the table is computed, and so not stored. */
  readonly computed: readonly string[];
  readonly edges: EdgeForm;
  /** Right before which statement it is read. */
  readonly before: PreparedStatement;
  /** Whether that statement loses it for certain; if not, it is looked at afterwards. */
  readonly isCertain: boolean;
  /** Whether it was kept in batches before, so that its transaction only has to take it over. */
  readonly inBatches?: true | undefined;
  /** After which statements what is no longer defined is taken out of the records; of `records`. */
  readonly cleaning?: readonly PreparedStatement[] | undefined;
  /** The fields that may be defined then; with `cleaning`. */
  readonly fields?: readonly KnownField[] | undefined;
  /** After which statement it is told what of it has changed; of `records`. */
  readonly until?: Moment | undefined;
}

/** A field that may be defined. */
export interface KnownField {
  /** As the engine writes it. */
  readonly name: string;
  /** Whether the plan defines it at some time, and so counts on what is stored in it. */
  readonly isPlanned: boolean;
}

/** Right before or right after a statement. */
interface Moment {
  readonly at: "before" | "after";
  readonly statement: PreparedStatement;
}
