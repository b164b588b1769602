import { Args, Flags } from "@oclif/core";
import type { DriftRule } from "surql/executor";
import type { LastVersion, MigrationScripts } from "surql/generator";
import type { CreatedMigration } from "surql/migration";
import type { Schema } from "surql/snapshot";
import { inScratch, openScratch } from "../../open-scratch.ts";
import { lockTimeoutFlag } from "../../configuration/flags.ts";
import { hasTerminal, processPrompts } from "../../prompt.ts";
import { DatabaseCommand } from "../../database-command.ts";
import type { LiveChange } from "../../generate/live-change.ts";

/** What is compared, and what the migration builds on. */
interface Comparison {
  readonly last: LastVersion;
  readonly before: Schema;
  readonly after: Schema;
  /** Set when the change is in the database already. */
  readonly live?: LiveChange | undefined;
}

export default class MigrateGenerate extends DatabaseCommand<typeof MigrateGenerate> {
  static override summary = "Write the migration that leads from the last version to the database";
  static override description = [
    "The last version is what all migrations give in an empty engine. A change that the database holds already is recorded as applied.",
    "With --to it leads to what files describe: a folder of DEFINE statements or a snapshot. Then no database is needed.",
  ].join("\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %> add_bio_to_user",
    "<%= config.bin %> <%= command.id %> next_release --to schema/",
    "<%= config.bin %> <%= command.id %> as_in_production --to production.json --dry-run",
  ];
  static override args = {
    name: Args.string({ description: "What it does, in a few words", required: true }),
  };
  static override flags = {
    to: Flags.string({
      summary:
        "Lead to what this describes: a folder of .surql files, one such file, or a snapshot",
      helpValue: "<path>",
    }),
    type: Flags.option({ options: ["surql", "ts", "js"] as const })({
      summary: "Type of the file",
      default: "surql",
    }),
    description: Flags.string({ summary: "A longer description; the name unless given" }),
    "depends-on": Flags.string({
      summary: "Version that it builds on; the head unless given",
      multiple: true,
      multipleNonGreedy: true,
      helpValue: "<version>",
    }),
    rename: Flags.string({
      summary: "What has another name now, so that its data moves along; may be repeated",
      multiple: true,
      multipleNonGreedy: true,
      helpValue: "user.bio=user.about",
    }),
    renames: Flags.boolean({
      summary: "Whether all that looks like a rename is one; asked in a terminal",
      allowNo: true,
    }),
    record: Flags.boolean({
      summary: "Record a change that the database holds already as applied",
      default: true,
      allowNo: true,
    }),
    "dry-run": Flags.boolean({ summary: "Only show the migration" }),
    "lock-timeout": lockTimeoutFlag,
  };

  async run(): Promise<void> {
    const { describeGenerated, generatedRenderers } =
      await import("../../generate/describe-generated.ts");
    const { migrationBetween } = await import("surql/generator");
    const { compareSchemas } = await import("surql/snapshot");
    const { last, live, before, after } = await this.#compare();
    const { chooseRenames } = await import("../../generate/choose-renames.ts");
    const answers = { named: this.flags.rename ?? [], all: this.flags.renames };
    const renames = await chooseRenames(before, after, answers, {
      prompts: hasTerminal() ? processPrompts() : undefined,
      note: (text) => this.output.note(text),
    });
    const scripts = migrationBetween(before, after, renames);
    const differs = compareSchemas(before, after).length > 0;
    const written =
      !differs || this.flags["dry-run"] ? undefined : await this.#write(last, live, scripts);
    const generated = describeGenerated({
      name: this.args.name,
      target: this.flags.to ?? "live",
      parents: last.parents,
      renames,
      scripts,
      written,
      recorded: written !== undefined && live !== undefined && this.flags.record,
      policies: this.settings.policies,
      before,
      after,
    });
    await this.show(generated, generatedRenderers);
  }

  async #compare(): Promise<Comparison> {
    const { knownMigrations } = await import("../../generate/known-migrations.ts");
    const { lastSchema } = await import("../../generate/last-schema.ts");
    const { to, "depends-on": dependsOn } = this.flags;
    const migrations = await knownMigrations(() => this.migrations());
    const note = (text: string): void => this.output.note(text);
    if (to !== undefined) {
      const { schemaOfMigrations } = await import("surql/executor");
      const { findLastVersion } = await import("surql/generator");
      const { readTarget } = await import("../../generate/read-target.ts");
      const last = findLastVersion(migrations, { dependsOn });
      const after = await inScratch((scratch) => readTarget(to, scratch));
      const made = await inScratch((scratch) => schemaOfMigrations(scratch, last.migrations));
      return { last, ...(await this.#aligned(made, after, [])) };
    }
    const { readLiveChange } = await import("../../generate/live-change.ts");
    const db = await this.database();
    const live = await readLiveChange(db, migrations, dependsOn);
    if (live.pending.length > 0) {
      note(
        `Not applied, and so not built on: ${live.pending.join(", ")}. The new migration begins a branch.`,
      );
    }
    const made = await inScratch((scratch) => lastSchema(live, scratch, db, note));
    return {
      last: live.last,
      live,
      ...(await this.#aligned(made, live.schema, this.settings.driftRules)),
    };
  }

  /** What means the same is no change, nor is drift that a rule of the configuration covers. */
  async #aligned(
    made: Schema,
    found: Schema,
    rules: readonly DriftRule[],
  ): Promise<Pick<Comparison, "before" | "after">> {
    const { alignSchema, compareSchemas } = await import("surql/snapshot");
    const { applyDriftRules } = await import("surql/executor");
    const { copyObjects } = await import("surql/generator");
    const before = await alignSchema(made, found, openScratch);
    const { ignored } = applyDriftRules(compareSchemas(before, found), rules);
    if (ignored.length > 0) {
      const paths = ignored.map(({ path }) => path).join(", ");
      this.output.note(`Left out, as rules of the configuration say: ${paths}.`);
    }
    return { before, after: copyObjects(before, found, ignored) };
  }

  async #write(
    { parents }: LastVersion,
    live: LiveChange | undefined,
    scripts: MigrationScripts,
  ): Promise<CreatedMigration> {
    const { writeGenerated } = await import("../../generate/write-generated.ts");
    const { name } = this.args;
    const { type: format, description, record } = this.flags;
    const file = { ...scripts, directory: this.settings.directory, name, format, description };
    if (live === undefined || !record) return writeGenerated({ ...file, parents });
    const { adoptMigration } = await import("surql/executor");
    const db = await this.database();
    return writeGenerated({ ...file, parents }, async (migration) => {
      await adoptMigration(db, migration, live, this.runOptions());
    });
  }
}
