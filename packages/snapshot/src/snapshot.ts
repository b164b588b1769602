/** Canonical definitions by name. */
export type Definitions = Readonly<Record<string, string>>;

/** A table as it was captured: its own definition, and those of what belongs to it. */
export interface TableSnapshot {
  /** The engine's canonical text of `DEFINE TABLE`. */
  readonly definition: string;
  /** By the name as the engine writes it: `bio`, `address.city`, `` `first name` ``, `tags.*`. */
  readonly fields: Definitions;
  readonly indexes: Definitions;
  readonly events: Definitions;
  /** Kinds of object that a newer engine attaches to tables, by INFO's own key. */
  readonly other?: Readonly<Record<string, Definitions>> | undefined;
  /** Set when the engine refused to show what belongs to this table, which is empty here: the engine's own reason. */
  readonly unreadable?: string | undefined;
}

/** The schema of a database, and nothing else: what a checksum is taken of. */
export interface Schema {
  /** Tables that are not relations, views among them, by name. */
  readonly tables: Readonly<Record<string, TableSnapshot>>;
  /** Relation tables (`TYPE RELATION`), by name. */
  readonly edges: Readonly<Record<string, TableSnapshot>>;
  /** Everything else, by INFO's own key (`functions`, `params`, `accesses`, …), then by name. */
  readonly objects: Readonly<Record<string, Definitions>>;
}

/**
 * The schema of one database at one moment. A plain value: it can be written, hashed and compared.
 *
 * The tables in which surql keeps its own books are never in it, nor are secrets.
 */
export interface SchemaSnapshot extends Schema {
  /** Format of this value, 1. */
  readonly format: 1;
  readonly version: string;
  /** ISO 8601, UTC, in milliseconds. */
  readonly createdAt: string;
  /** How many migrations were applied. */
  readonly migrationCount: number;
  /** SHA-256 (hexadecimal) over the RFC 8785 canonical JSON of `tables`, `edges` and `objects`. */
  readonly checksum: string;
  /** Version of the engine that was asked, such as `3.0.2`. */
  readonly engineVersion?: string | undefined;
}

/** A stored snapshot without its schema, as a list shows it. */
export interface SnapshotSummary {
  readonly version: string;
  /** ISO 8601, UTC, in milliseconds. */
  readonly createdAt: string;
  /** Tables and edges. */
  readonly tables: number;
  /** How many migrations were applied. */
  readonly migrations: number;
  readonly checksum: string;
}
