import { ProjectCommand } from "../../project-command.ts";
import { renderValid } from "../../render/valid.ts";

export default class MigrateValidate extends ProjectCommand<typeof MigrateValidate> {
  static override summary = "Check the migration files, without a database";
  static override description = [
    "Names, versions, parents, metadata, and that every statement of both directions parses and is allowed.",
    "Exits with 2 when something is wrong.",
  ].join("\n");
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  async run(): Promise<void> {
    const { connect } = await import("surql/connection");
    const { refuseForbidden, refuseInvalid } = await import("surql/safety-analyzer");
    const migrations = await this.someMigrations();
    const steps = migrations.flatMap(({ version, up, down }) => [
      { migration: version, statements: up },
      { migration: version, statements: down },
    ]);
    refuseForbidden(steps);
    const parser = await connect({ url: "mem://", namespace: "scratch", database: "scratch" });
    try {
      await refuseInvalid(parser, steps);
    } finally {
      await parser.close();
    }
    await this.show({ valid: true, migrations: migrations.length }, { table: renderValid });
  }
}
