import { relative } from "node:path";
import { Flags } from "@oclif/core";
import type { RecordedSquash } from "surql/executor";
import type { Squash } from "surql/generator";
import { allowChangedFlag, lockTimeoutFlag } from "../../configuration/flags.ts";
import { obtainConsent } from "../../consent.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { invalidUsage } from "../../errors.ts";
import { checkedSum, sealApplied } from "../../file-sum.ts";
import { openScratch } from "../../open-scratch.ts";
import { hasTerminal, processPrompts } from "../../prompt.ts";
import { renderRecorded, renderSquash } from "../../render/squash.ts";
import { readOriginals, writeSquash } from "../../squash-files.ts";

export default class MigrateSquash extends DatabaseCommand<typeof MigrateSquash> {
  static override summary = "Make one migration of several, proved to come to the same";
  static override description = [
    "Writes one file in place of those up to --to. In engines in memory, the originals and the squash are run on what is before them: only if schema and records are the same, and the way back leads back, is anything written. It asks before the originals are moved to the folder squashed; no database is touched.",
    "A database that has applied none of them runs the squash. In one that has applied all of them, surql migrate squash --apply puts one history row in place of theirs, after asking; nothing is run. One that has applied a part is refused.",
  ].join("\n\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %> --to 20260109_120000 --dry-run",
    "<%= config.bin %> <%= command.id %> --from 20260105_080000 --to 20260109_120000",
    "<%= config.bin %> <%= command.id %> --apply",
  ];
  static override flags = {
    to: Flags.string({
      summary: "The last version of the range; the squash takes it over",
      helpValue: "<version>",
    }),
    from: Flags.string({
      summary: "The first version of the range; from the beginning unless given",
      helpValue: "<version>",
      dependsOn: ["to"],
    }),
    name: Flags.string({ summary: "What to call it, in a few words", dependsOn: ["to"] }),
    "drop-data": Flags.string({
      summary:
        "Leave out a statement that deals with records: FILE:LINE, or all that cannot be kept",
      helpValue: "<place>",
      multiple: true,
      multipleNonGreedy: true,
      dependsOn: ["to"],
    }),
    apply: Flags.boolean({
      summary:
        "Record squashes in the history of the database that has applied what they stand for",
      exclusive: ["to"],
    }),
    "prune-snapshots": Flags.boolean({
      summary: "With --apply, also delete the stored snapshots of versions that are gone",
      dependsOn: ["apply"],
    }),
    "allow-changed": allowChangedFlag,
    "dry-run": Flags.boolean({ summary: "Only say what would be done" }),
    yes: Flags.boolean({ char: "y", summary: "Do not ask" }),
    "lock-timeout": lockTimeoutFlag,
  };

  async run(): Promise<void> {
    const { to, apply } = this.flags;
    if (apply) return this.#record();
    if (to !== undefined) return this.#squash(to);
    throw invalidUsage("Neither what to squash nor that a squash is to be recorded is given.", [
      "Name the last version of the range: surql migrate squash --to VERSION",
      "Or record squashes in the history of this database: surql migrate squash --apply",
    ]);
  }

  async #squash(to: string): Promise<void> {
    const { squashMigrations } = await import("surql/generator");
    const { redactSecrets } = await import("surql/surrealql");
    const { from, name, "drop-data": dropData } = this.flags;
    const migrations = await this.someMigrations();
    // What was edited since it was sealed would go unnoticed from then on.
    await checkedSum(this.settings.directory);
    const squash = await squashMigrations(openScratch, migrations, { from, to, dropData });
    const { originals: _, ...proved } = redacted(squash, redactSecrets);
    const dryRun = this.flags["dry-run"];
    if (dryRun) return this.show({ ...proved, dryRun }, { table: renderSquash });
    await this.#ask(
      { what: "Squashing", question: "Write it, and move the originals to squashed?" },
      `surql migrate squash --to ${to} --dry-run`,
      () => this.output.note(renderSquash(proved, this.output.noteStyle)),
    );
    const files = await writeSquash(this.settings.directory, squash, name, new Date());
    const { path, moved } = files;
    await this.show(
      { ...proved, path, moved },
      {
        table: (document, style) =>
          renderSquash({ ...document, path: relative(process.cwd(), path) }, style),
      },
    );
  }

  async #record(): Promise<void> {
    const { recordSquashes } = await import("surql/executor");
    const database = await this.database();
    const migrations = await this.someMigrations();
    const originals = await readOriginals(this.settings.directory);
    const checked = { originals, allowChanged: this.flags["allow-changed"] };
    const found = await recordSquashes(database, migrations, { ...checked, dryRun: true });
    const dryRun = this.flags["dry-run"];
    const prunedSnapshots = this.flags["prune-snapshots"];
    const planned = { recorded: found, prunedSnapshots, dryRun: true };
    if (dryRun) return this.show(planned, { table: renderRecorded });
    let recorded: readonly RecordedSquash[] = [];
    if (found.length > 0) {
      await this.#ask(
        { what: "Rewriting the history", question: "Rewrite the history of this database?" },
        "surql migrate squash --apply --dry-run",
        () => this.output.note(renderRecorded(planned, this.output.noteStyle)),
      );
      recorded = await recordSquashes(database, migrations, {
        ...this.runOptions(),
        ...checked,
        pruneSnapshots: prunedSnapshots,
      });
      const unsealed = await sealApplied(database, this.settings.directory, migrations);
      if (unsealed !== undefined) this.output.note(unsealed);
    }
    await this.show({ recorded, prunedSnapshots }, { table: renderRecorded });
  }

  async #ask(
    about: { readonly what: string; readonly question: string },
    look: string,
    showWhat: () => void,
  ): Promise<void> {
    const request = {
      ...about,
      look: `See what it would do: ${look}`,
      dangerous: false,
      force: false,
      yes: this.flags.yes,
      terminal: hasTerminal(),
    };
    await obtainConsent(request, processPrompts(), showWhat);
  }
}

/** What is shown holds no secret; what is written does, where the originals do. */
function redacted(squash: Squash, redact: (text: string) => string): Squash {
  const without = (texts: readonly string[]): readonly string[] => texts.map(redact);
  const told = (statements: Squash["kept"]): Squash["kept"] =>
    statements.map((one) => ({ ...one, text: redact(one.text) }));
  return {
    ...squash,
    up: without(squash.up),
    down: without(squash.down),
    kept: told(squash.kept),
    dropped: told(squash.dropped),
  };
}
