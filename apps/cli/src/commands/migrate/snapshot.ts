import { Flags } from "@oclif/core";
import { DatabaseCommand } from "../../database-command.ts";
import { unnamedSnapshot } from "../../schema-errors.ts";
import { renderSnapshot } from "../../render/snapshot.ts";
import { writeOutputFile } from "../../write-output-file.ts";

export default class MigrateSnapshot extends DatabaseCommand<typeof MigrateSnapshot> {
  static override summary = "Store the schema as it is now";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --version before_release --output before.json",
  ];
  static override flags = {
    version: Flags.string({
      summary: "Version to store it under; the current one unless given",
      helpValue: "<version>",
    }),
    output: Flags.string({
      char: "o",
      summary: "Also write it to a file",
      helpValue: "<file>",
    }),
  };

  async run(): Promise<void> {
    const { createSnapshot, exportSnapshot, storeSnapshot, unreadableTables } =
      await import("surql/snapshot");
    const { output } = this.flags;
    const database = await this.database();
    const version = this.flags.version ?? (await this.currentVersion());
    if (this.flags.version === undefined) {
      if (version === "base") throw unnamedSnapshot();
      const { refuseUnfinished } = await import("surql/executor");
      await refuseUnfinished(database);
    }
    const snapshot = await createSnapshot(database, { version });
    // The file is what fails more easily, and then nothing is stored.
    if (output !== undefined) await writeOutputFile(output, exportSnapshot(snapshot));
    await storeSnapshot(database, snapshot);
    const unreadable = unreadableTables(snapshot);
    for (const { table, reason } of unreadable) {
      this.output.note(`The table ${table} is only in it by name: ${reason}`);
    }
    await this.show(
      {
        version,
        createdAt: snapshot.createdAt,
        tables: Object.keys(snapshot.tables).length + Object.keys(snapshot.edges).length,
        migrations: snapshot.migrationCount,
        checksum: snapshot.checksum,
        ...(output === undefined ? {} : { output }),
      },
      { table: renderSnapshot },
    );
  }
}
