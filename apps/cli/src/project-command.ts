import type { Command } from "@oclif/core";
import type { Migration } from "surql/migration";
import { BaseCommand } from "./base-command.ts";
import { directoryFlag, readFlags } from "./configuration/flags.ts";
import { resolveSettings } from "./configuration/resolve-settings.ts";
import { withConsoleOnStderr } from "./console-on-stderr.ts";
import { noMigrations } from "./errors.ts";
import type { Settings } from "./configuration/settings.ts";

/** A command that works on the files of a project. */
export abstract class ProjectCommand<C extends typeof Command> extends BaseCommand<C> {
  static override baseFlags = { ...BaseCommand.baseFlags, directory: directoryFlag };

  protected settings!: Settings;

  override async init(): Promise<void> {
    await super.init();
    this.settings = await withConsoleOnStderr(() =>
      resolveSettings(readFlags(this.flags), process.env, process.cwd()),
    );
  }

  /** The migrations of the project, where there is nothing to do without any. @throws `CLI.NO_MIGRATIONS` */
  protected async someMigrations(): Promise<readonly Migration[]> {
    const migrations = await this.migrations();
    if (migrations.length === 0) throw noMigrations(this.settings.directory);
    return migrations;
  }

  /** The migrations of the project, parents first. */
  protected async migrations(): Promise<readonly Migration[]> {
    const { discoverMigrations } = await import("surql/migration");
    const { directory } = this.settings;
    return withConsoleOnStderr(() => discoverMigrations(directory));
  }
}
