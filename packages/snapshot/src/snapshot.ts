/** Canonical definitions by name. */
export type Definitions = Readonly<Record<string, string>>;

/** A table as it was captured: its own definition, and those of what belongs to it. */
export interface TableSnapshot {
  /** The engine's canonical text of `DEFINE TABLE`. */
  readonly definition: string;
  readonly fields: Definitions;
  readonly indexes: Definitions;
  readonly events: Definitions;
  /** Kinds of object that a newer engine attaches to tables, by INFO's own key. */
  readonly other?: Readonly<Record<string, Definitions>> | undefined;
}

/**
 * The schema of one database at one moment. A plain value: it can be written, hashed and compared.
 *
 * Tables of ours (their names start with `_`) and secrets are never in it.
 */
export interface SchemaSnapshot {
  /** Format of this value, 1. */
  readonly format: 1;
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** How many migrations were applied. */
  readonly migrationCount: number;
  /** SHA-256 (hexadecimal) over the RFC 8785 canonical JSON of `tables`, `edges` and `objects`. */
  readonly checksum: string;
  /** Version of the engine that was asked, such as `3.0.2`. */
  readonly engineVersion?: string | undefined;
  /** Tables that are not relations, views among them, by name. */
  readonly tables: Readonly<Record<string, TableSnapshot>>;
  /** Relation tables (`TYPE RELATION`), by name. */
  readonly edges: Readonly<Record<string, TableSnapshot>>;
  /** Everything else, by INFO's own key (`functions`, `params`, `accesses`, …), then by name. */
  readonly objects: Readonly<Record<string, Definitions>>;
}
