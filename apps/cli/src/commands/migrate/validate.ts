import { ProjectCommand } from "../../project-command.ts";
import { renderValid } from "../../render/valid.ts";

export default class MigrateValidate extends ProjectCommand<typeof MigrateValidate> {
  static override summary = "Check the migration files, without a database";
  static override description = [
    "Names, versions, parents, metadata, and that every statement of both directions parses and is allowed.",
    "Lists what stands in the way of going back: what the up scripts lose, and which migrations have no way back.",
    "Exits with 2 when something is wrong; findings alone are no error.",
  ].join("\n");
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  async run(): Promise<void> {
    const { connect } = await import("surql/connection");
    const { refuseForbidden, refuseInvalid } = await import("surql/safety-analyzer");
    const { judgeMigrations } = await import("surql/executor");
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
    const findings = judgeMigrations(migrations, { policies: this.settings.policies });
    const document = { valid: true, migrations: migrations.length, findings };
    await this.show(document, { table: renderValid });
  }
}
