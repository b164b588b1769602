import type { SumReport } from "surql/migration";
import { severalHeads } from "../../branch-heads.ts";
import { checkedSum } from "../../file-sum.ts";
import { ProjectCommand } from "../../project-command.ts";
import { renderValid, type ValidSum } from "../../render/valid.ts";

export default class MigrateValidate extends ProjectCommand<typeof MigrateValidate> {
  static override summary = "Check the migration files, without a database";
  static override description = [
    "Names, versions, parents, metadata, and that every statement of both directions parses and is allowed.",
    "Lists what stands in the way of going back: what the up scripts lose, and which migrations have no way back.",
    "Compares the files with surql.sum, where there is one.",
    "Exits with 2 when something is wrong, with 4 when a sealed file is not as it was; findings alone are no error.",
  ].join("\n");
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  async run(): Promise<void> {
    const { connect } = await import("surql/connection");
    const { refuseForbidden, refuseInvalid } = await import("surql/safety-analyzer");
    const { judgeMigrations } = await import("surql/executor");
    const sum = await checkedSum(this.settings.directory);
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
    const document = {
      valid: true,
      migrations: migrations.length,
      findings,
      ...(await severalHeads(migrations)),
      ...(sum === undefined ? {} : { sum: sumSummary(sum) }),
    };
    await this.show(document, { table: renderValid });
  }
}

function sumSummary({ sealed, open, unlisted }: SumReport): ValidSum {
  return { sealed: sealed.length, open, unlisted };
}
