import type { SurqlError } from "@surql/errors";
import type { Surreal } from "surrealdb";
import type { Trial } from "./trial.ts";

/** Values bound to the `$names` of a query. */
export type Bindings = Readonly<Record<string, unknown>>;

/** Where a {@link Database} is, in words that may be printed: credentials are never part of it. */
export interface DatabaseTarget {
  /** The URL without user name, password or query. */
  readonly url: string;
  /** `embedded` engines run in this process; `remote` ones behind a socket. */
  readonly engine: "embedded" | "remote";
  /** What stores the data: a server, or one of the embedded stores; `unknown` for an embedded client that was handed over. */
  readonly store: "server" | "mem" | "surrealkv" | "rocksdb" | "unknown";
  readonly namespace: string;
  readonly database: string;
  /** Version of the engine, such as `3.0.2`. */
  readonly engineVersion: string;
  /** Whether `transaction` works here: embedded and WebSocket connections to 3.x (docs/engine.md, "Versions"). */
  readonly interactiveTransactions: boolean;
}

/**
 * A statement of a script, with what a failure of it should be blamed on.
 *
 * `origin` is copied as it is into the error's `meta`, so that a caller who runs several
 * migrations at once can name the file and line of the one that failed.
 */
export interface ScriptStatement {
  readonly text: string;
  readonly origin?: Readonly<Record<string, unknown>> | undefined;
}

/** Statements with the values bound to their `$names`, to be run in a transaction of the caller's. */
export interface BoundScript {
  readonly script: readonly ScriptStatement[];
  readonly bindings: Bindings;
}

/** What can run inside an open interactive transaction. */
export interface Transaction {
  /** Runs SurrealQL inside the transaction; the results of its statements, in order. */
  query(sql: string, bindings?: Bindings): Promise<readonly unknown[]>;
  /** Runs a script inside the transaction, in one round trip, stopping at the first failure. */
  run(script: readonly ScriptStatement[], bindings?: Bindings): Promise<readonly unknown[]>;
}

/**
 * The one way in which the packages of surql talk to a database.
 *
 * Failures are thrown as `SurqlError`s whose `meta.reason` holds the server's own words with secrets
 * taken out, and `meta.statement`, `meta.index` and the statement's `origin` where one statement is to blame.
 */
export interface Database extends AsyncDisposable {
  readonly target: DatabaseTarget;
  /** The client underneath, for what this port does not offer. */
  readonly client: Surreal;

  /** Runs SurrealQL outside a transaction; the results of its statements, in order. Throws at the first failed one. */
  query(sql: string, bindings?: Bindings): Promise<readonly unknown[]>;

  /**
   * Runs a script as one transaction, in one round trip: all of it or nothing. Works on every
   * connection, HTTP included. The script must not hold `BEGIN`, `COMMIT`, `CANCEL` or a top-level `RETURN`.
   */
  transact(script: readonly ScriptStatement[], bindings?: Bindings): Promise<readonly unknown[]>;

  /**
   * Runs scripts one after the other, each as one transaction, all in one round trip. What came of each, in order: its
   * error, or `undefined` when it was committed. One that fails does not stop those behind it: what builds on it has
   * to fail by itself. Throws when nothing was run, or when it is not known what was.
   */
  transactEach(
    scripts: readonly (readonly ScriptStatement[])[],
    bindings?: Bindings,
  ): Promise<readonly (SurqlError | undefined)[]>;

  /**
   * Opens an interactive transaction, commits when `work` resolves and cancels when it rejects.
   * Throws `CONNECTION.TRANSACTIONS_UNSUPPORTED` where `target.interactiveTransactions` is false.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;

  /**
   * Opens an interactive transaction that is cancelled whatever happens: nothing that `work` does is kept.
   * What the engine does not undo (calls of `http::*`, sequences, `ALTER SYSTEM`) must not be tried in it, nor
   * `DEFINE INDEX OVERWRITE`, which leaves the old index empty (docs/engine.md).
   *
   * Throws `CONNECTION.TRANSACTIONS_UNSUPPORTED` where `target.interactiveTransactions` is false.
   */
  rehearse<T>(work: (trial: Trial) => Promise<T>): Promise<T>;

  /** Opens an empty in-memory engine of its own, for rehearsals. Throws `CONNECTION.ENGINE_MISSING` without one. */
  openScratch(): Promise<Database>;

  /** Closes the connection. Data is on disk when this resolves, and the process can end. Safe to call twice. */
  close(): Promise<void>;
}
