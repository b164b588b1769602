import { Args, Flags } from "@oclif/core";
import type { AdoptedState } from "surql/executor";
import type { MigrationScripts } from "surql/generator";
import type { CreatedMigration } from "surql/migration";
import { lockTimeoutFlag } from "../../configuration/flags.ts";
import { obtainConsent } from "../../consent.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { migrationsExist } from "../../errors.ts";
import { hasTerminal, processPrompts } from "../../prompt.ts";

export default class MigrateBaseline extends DatabaseCommand<typeof MigrateBaseline> {
  static override summary = "Adopt a database that has no history: write its first migration";
  static override description =
    "The migration makes the schema as it is, is recorded as applied, and a snapshot of it is stored. Nothing of the database is changed.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --dry-run",
    "<%= config.bin %> <%= command.id %> as_found --yes",
  ];
  static override args = {
    name: Args.string({ description: "What to call it", default: "baseline" }),
  };
  static override flags = {
    "dry-run": Flags.boolean({ summary: "Only show the migration" }),
    yes: Flags.boolean({ summary: "Do not ask" }),
    "lock-timeout": lockTimeoutFlag,
  };

  async run(): Promise<void> {
    const { describeGenerated, generatedRenderers } =
      await import("../../generate/describe-generated.ts");
    const { knownMigrations } = await import("../../generate/known-migrations.ts");
    const { readBaseline } = await import("surql/executor");
    const { migrationBetween } = await import("surql/generator");
    const { emptySchema } = await import("surql/snapshot");
    const state = await readBaseline(await this.database());
    const { length } = await knownMigrations(() => this.migrations());
    if (length > 0) throw migrationsExist(this.settings.directory, length);
    const scripts = migrationBetween(emptySchema, state.schema);
    const result = {
      name: this.args.name,
      target: "live",
      parents: [],
      renames: [],
      scripts,
      written: undefined,
      recorded: false,
      policies: this.settings.policies,
      before: emptySchema,
      after: state.schema,
    };
    const planned = describeGenerated(result);
    if (planned.identical) {
      return this.show(planned, {
        table: () => "The database holds nothing to adopt: begin with surql migrate create NAME",
      });
    }
    if (this.flags["dry-run"]) return this.show(planned, generatedRenderers);
    await this.#askFor(planned.up.length);
    const written = await this.#adopt(scripts, state);
    await this.show(describeGenerated({ ...result, written, recorded: true }), generatedRenderers);
  }

  async #askFor(statements: number): Promise<void> {
    const { amount } = await import("../../output/amount.ts");
    const request = {
      what: "Adopting this database",
      question: "Write and record that?",
      look: "See the migration: surql migrate baseline --dry-run",
      dangerous: false,
      force: false,
      yes: this.flags.yes,
      terminal: hasTerminal(),
    };
    await obtainConsent(request, processPrompts(), () => {
      const said = `${amount(statements, "statement")} make the schema as it is.`;
      this.output.note(
        `The first migration, ${this.args.name}: ${said} It counts as applied then.`,
      );
    });
  }

  async #adopt(scripts: MigrationScripts, state: AdoptedState): Promise<CreatedMigration> {
    const { writeGenerated } = await import("../../generate/write-generated.ts");
    const { adoptMigration } = await import("surql/executor");
    const db = await this.database();
    const file = { ...scripts, directory: this.settings.directory, name: this.args.name };
    return writeGenerated({ ...file, parents: [] }, async (migration) => {
      await adoptMigration(db, migration, state, this.runOptions());
    });
  }
}
