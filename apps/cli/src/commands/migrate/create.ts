import { relative } from "node:path";
import { Args, Flags } from "@oclif/core";
import { renderHeads } from "../../branch-heads.ts";
import { withConsoleOnStderr } from "../../console-on-stderr.ts";
import { unknownParents } from "../../errors.ts";
import { ProjectCommand } from "../../project-command.ts";
import { renderCreated } from "../../render/created.ts";

export default class MigrateCreate extends ProjectCommand<typeof MigrateCreate> {
  static override summary = "Write a new, empty migration";
  static override examples = [
    "<%= config.bin %> <%= command.id %> add_bio_to_user",
    "<%= config.bin %> <%= command.id %> merge_both --depends-on 20260109_120000 --depends-on 20260110_090000",
  ];
  static override args = {
    name: Args.string({ description: "What it does, in a few words", required: true }),
  };
  static override flags = {
    type: Flags.option({ options: ["surql", "ts", "js"] as const })({
      summary: "Type of the file",
      default: "surql",
    }),
    description: Flags.string({ summary: "A longer description; the name unless given" }),
    "depends-on": Flags.string({
      summary: "Version that it builds on; two or more make a merge",
      multiple: true,
      multipleNonGreedy: true,
      helpValue: "<version>",
    }),
  };

  async run(): Promise<void> {
    const { createMigration } = await import("surql/migration");
    const parents = this.flags["depends-on"] ?? (await this.#onlyHead());
    if (this.flags["depends-on"] !== undefined) await this.#checkParents(parents ?? []);
    const { migration, path } = await createMigration({
      directory: this.settings.directory,
      name: this.args.name,
      format: this.flags.type,
      now: new Date(),
      description: this.flags.description,
      dependsOn: parents,
    });
    const { version, description, dependsOn } = migration;
    await this.show(
      { version, description, dependsOn: dependsOn ?? migration.parents, path },
      {
        table: (created, style) =>
          renderCreated({ ...created, path: relative(process.cwd(), path) }, style),
      },
    );
  }

  /**
   * What there is one of is written down: so a file that somebody else adds meanwhile does not come between, and shows as a
   * branch. Files with something wrong in them are no reason not to write another one.
   */
  async #onlyHead(): Promise<readonly string[] | undefined> {
    const { inspectMigrations } = await import("surql/migration");
    const { directory } = this.settings;
    const found = await withConsoleOnStderr(() =>
      inspectMigrations(directory).catch(() => undefined),
    );
    if (found === undefined || found.problems.length > 0 || found.migrations.length === 0)
      return undefined;
    const { buildVersionGraph } = await import("surql/graph");
    const heads = buildVersionGraph(found.migrations).heads();
    for (const note of renderHeads(heads.length > 1 ? heads : [])) this.output.note(note);
    return heads.length === 1 ? heads : undefined;
  }

  /** A parent without a file would make every later command fail. */
  async #checkParents(parents: readonly string[]): Promise<void> {
    const known = (await this.migrations()).map(({ version }) => version);
    const unknown = parents.filter((parent) => !known.includes(parent));
    if (unknown.length > 0) throw unknownParents(unknown, known);
  }
}
