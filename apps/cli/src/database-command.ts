import { relative } from "node:path";
import type { Command } from "@oclif/core";
import type { Database } from "surql/connection";
import type { RunOptions } from "surql/executor";
import type { Lock } from "surql/history";
import type { Migration } from "surql/migration";
import { actorOfProcess } from "./actor.ts";
import { connectionFlags } from "./configuration/flags.ts";
import { showProgress } from "./output/progress.ts";
import { ProjectCommand } from "./project-command.ts";

/**
 * A command that works on a database. It is connected when first asked for, and closed at the end.
 *
 * @example
 * ```ts
 * export default class Count extends DatabaseCommand<typeof Count> {
 *   static override summary = "Count the tables";
 *
 *   async run(): Promise<void> {
 *     const [info] = await (await this.database()).query("INFO FOR DB");
 *     const tables = Object.keys((info as { tables: object }).tables).length;
 *     await this.show({ tables }, { table: () => `${tables} tables` });
 *   }
 * }
 * ```
 */
export abstract class DatabaseCommand<C extends typeof Command> extends ProjectCommand<C> {
  static override baseFlags = { ...ProjectCommand.baseFlags, ...connectionFlags };

  #database: Database | undefined;
  readonly #actor = actorOfProcess();
  readonly #stop = new AbortController();

  /** Connects, once. */
  protected async database(): Promise<Database> {
    if (this.#database !== undefined) return this.#database;
    const { url, namespace, database, credentials, usesDefaultDatabase } = this.settings;
    if (usesDefaultDatabase) {
      const path = relative(process.cwd(), url.replace(/^\w+:\/\//, ""));
      this.output.note(
        `No database is configured: using the embedded one in ${path}, namespace ${namespace}, database ${database}.`,
      );
    }
    const { connect } = await import("surql/connection");
    const { redactSecrets } = await import("surql/surrealql");
    this.#database = await connect({
      url,
      namespace,
      database,
      ...credentials,
      redact: redactSecrets,
    });
    return this.#database;
  }

  /** The migrations: of the project, or with `--from-database` those that the database keeps. */
  protected async knownMigrations(fromDatabase: boolean): Promise<readonly Migration[]> {
    if (!fromDatabase) return this.migrations();
    const { storedMigrations } = await import("surql/executor");
    return storedMigrations(await this.database());
  }

  /** The version that was applied last; `base` when none is. */
  protected async currentVersion(): Promise<string> {
    const { getAppliedMigrations } = await import("surql/history");
    const applied = await getAppliedMigrations(await this.database());
    return applied.at(-1)?.version ?? "base";
  }

  /** What the executor is told about this run: who, by what, and where to report. */
  protected runOptions(): RunOptions {
    return {
      actor: this.#actor,
      toolVersion: this.config.version,
      onEvent: showProgress(this.output),
      signal: this.#stop.signal,
      lockTimeoutMs: this.settings.lockTimeoutMs,
    };
  }

  /** A run that has the lock stops before its next transaction, and gives the lock back. */
  protected override async stop(): Promise<boolean> {
    this.#stop.abort();
    return (await this.#ownLock()) !== undefined;
  }

  /** Gives the lock back: a runner that still holds it fails at its next transaction, and changes nothing. */
  protected override async abandon(): Promise<void> {
    const lock = await this.#ownLock();
    if (lock === undefined || this.#database === undefined) return;
    const { breakLock } = await import("surql/history");
    await breakLock(this.#database, lock);
  }

  async #ownLock(): Promise<Lock | undefined> {
    if (this.#database === undefined) return undefined;
    const { readLock } = await import("surql/history");
    const lock = await readLock(this.#database);
    return lock?.owner === this.#actor ? lock : undefined;
  }

  protected override async close(): Promise<void> {
    await this.#database?.close();
  }
}
