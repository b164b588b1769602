import type { Database, Migration, RunOptions } from "surql";

/** The scripts of one migration file. */
export interface MigrationScripts {
  readonly up: string;
  readonly down?: string;
  readonly transaction?: "none";
}

/** What a scenario works with: a store that is open, and the folder that holds it. */
export interface Stage {
  readonly db: Database;
  readonly migrations: readonly Migration[];
  /** Of this one store: for files that the scenario keeps, as a plan. */
  readonly folder: string;
  /** To be handed to everything that writes: a short lock, and a report of what is through. */
  readonly options: RunOptions;
}

/** Something that is done to a database, and may be killed on the way. */
export interface Scenario {
  readonly name: string;
  /** Migration files by version. */
  readonly files: Readonly<Record<string, MigrationScripts>>;
  /** Makes the database as it is before. Never killed. */
  readonly prepare: (stage: Stage) => Promise<void>;
  /** What is killed. */
  readonly run: (stage: Stage) => Promise<unknown>;
  /** The one ordinary command that must bring the database to the end, wherever it was left. */
  readonly goOn: (stage: Stage) => Promise<unknown>;
  /**
   * What each transaction of the run leaves, written by hand as SurrealQL that leads from one to the next; the
   * last one leads to the end. Left out where the run is one transaction: then it is found before or after.
   */
  readonly steps?: readonly string[];
  /** An index may be found incomplete, as one that is built in the background, until the ordinary command ran. */
  readonly indexesMayLag?: boolean;
  /** What our own tables hold may be found between before and after, as when work is done in batches. */
  readonly booksMayLag?: boolean;
  /** It takes seconds: left out where it is not asked for by name and little is to be tried. */
  readonly isHeavy?: boolean;
  /** It holds transactions open, which HTTP cannot. */
  readonly needsTransactions?: boolean;
}
