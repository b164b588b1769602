import { relative } from "node:path";
import type { Command } from "@oclif/core";
import type { Database } from "surql/connection";
import { connectionFlags } from "./configuration/flags.ts";
import { ProjectCommand } from "./project-command.ts";

/** A command that works on a database. It is connected when first asked for, and closed at the end. */
export abstract class DatabaseCommand<C extends typeof Command> extends ProjectCommand<C> {
  static override baseFlags = { ...ProjectCommand.baseFlags, ...connectionFlags };

  #database: Database | undefined;

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
    this.#database = await connect({ url, namespace, database, ...credentials });
    return this.#database;
  }

  protected override async close(): Promise<void> {
    await this.#database?.close();
  }
}
