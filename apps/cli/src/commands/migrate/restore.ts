import { Args, Flags } from "@oclif/core";
import type { RestoreResult, RestoreRule } from "surql/executor";
import { lockTimeoutFlag, restoreBatchAboveOptions } from "../../configuration/flags.ts";
import { obtainConsent } from "../../consent.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { invalidUsage } from "../../errors.ts";
import { keptSummary } from "../../kept-summary.ts";
import { amount } from "../../output/amount.ts";
import { hasTerminal, processPrompts } from "../../prompt.ts";
import { renderKept } from "../../render/kept.ts";
import { renderQuarantine, renderQuarantinePruned } from "../../render/quarantine.ts";
import { inBatchesNote, renderRestored, renderRestoreResult } from "../../render/restored.ts";

const rules = ["theirs", "ours", "only-if-none"] as const satisfies readonly RestoreRule[];

export default class MigrateRestore extends DatabaseCommand<typeof MigrateRestore> {
  static override summary = "Give back what a rollback kept";
  static override description = [
    "Records, values and edges come back as they were, in one transaction, or, above --batch-above, in batches: interrupted, the same command goes on, or repair --abandon takes out again what came back. --rule says what becomes of what was written since: theirs keeps it, ours replaces it, only-if-none fills gaps only.",
    "It asks once; --yes answers. Replacing what was written since, and dropping what has expired, want the word yes; without a terminal they need --force --yes.",
  ].join("\n\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %> --list",
    "<%= config.bin %> <%= command.id %> --rule theirs --dry-run",
    "<%= config.bin %> <%= command.id %> qf00d5eed1234 --rule ours",
    "<%= config.bin %> <%= command.id %> --to kept.jsonl",
    "<%= config.bin %> <%= command.id %> --from backup --rule theirs",
    "<%= config.bin %> <%= command.id %> --prune",
  ];
  static override args = {
    id: Args.string({
      description: "An entry, or a rollback: all that it kept. The only rollback, unless given",
    }),
  };
  static override flags = {
    rule: Flags.option({ options: rules })({
      summary: "What becomes of what was written since",
      default: "theirs",
    }),
    "dry-run": Flags.boolean({ summary: "Only say what would be done" }),
    list: Flags.boolean({
      summary: "List what is kept, with sizes, age and expiry",
      exclusive: ["prune", "dry-run"],
    }),
    prune: Flags.boolean({ summary: "Drop what has expired" }),
    to: Flags.string({
      summary: "Write it to a new file, one line of JSON for each record; it stays kept",
      helpValue: "<file>",
      exclusive: ["list", "prune", "from", "dry-run"],
    }),
    from: Flags.string({
      summary: "Give back what is in a file that --to wrote, or in the folder of a backup",
      helpValue: "<path>",
      exclusive: ["list", "prune", "to", "dry-run"],
    }),
    restored: Flags.boolean({
      summary: "With --prune, also drop what was given back",
      dependsOn: ["prune"],
    }),
    "batch-above": Flags.integer(restoreBatchAboveOptions),
    force: Flags.boolean({ summary: "Consent to losing data; still asks" }),
    yes: Flags.boolean({ char: "y", summary: "Do not ask" }),
    "lock-timeout": lockTimeoutFlag,
  };

  async run(): Promise<void> {
    if (this.flags.list) return this.#list();
    if (this.flags.prune) return this.#prune();
    const { to, from } = this.flags;
    if (to !== undefined) return this.#export(to);
    return from === undefined ? this.#restore(this.args.id) : this.#restoreFrom(from);
  }

  async #export(path: string): Promise<void> {
    const { exportQuarantine } = await import("surql/executor");
    const { writeNewFile } = await import("../../record-files.ts");
    const database = await this.database();
    const { entries, lines } = await writeNewFile(path, (write) =>
      exportQuarantine(database, this.args.id, write),
    );
    const document = { file: path, records: lines, entries: entries.map(keptSummary) };
    await this.show(document, {
      table: () =>
        [`Wrote ${amount(lines, "record")} to ${path}:`, ...renderKept(entries)].join("\n"),
    });
  }

  async #restoreFrom(path: string): Promise<void> {
    const { discardImported, importRecords } = await import("surql/executor");
    const { readRecordFiles } = await import("../../record-files.ts");
    const database = await this.database();
    const event = await importRecords(database, readRecordFiles(path));
    if (event === undefined)
      throw invalidUsage(`There are no records in ${path}.`, ["Name another file."]);
    try {
      await this.#restore(event);
    } finally {
      await discardImported(database, event);
    }
  }

  async #list(): Promise<void> {
    const { measureQuarantine } = await import("surql/executor");
    const { id } = this.args;
    const all = await measureQuarantine(await this.database());
    const entries = all.filter((entry) => id === undefined || [entry.id, entry.event].includes(id));
    const document = entries.map((entry) => {
      const { bytes, ageMs, expired } = entry;
      return { ...keptSummary(entry), bytes, ageMs, expired };
    });
    await this.show(document, { table: (_, style) => renderQuarantine(entries, style) });
  }

  async #restore(id: string | undefined): Promise<void> {
    const { restoreQuarantined } = await import("surql/executor");
    const { rule, "dry-run": dryRun, "batch-above": batchAbove } = this.flags;
    const database = await this.database();
    // Refuses what cannot be done at all before anybody is asked.
    const would = await restoreQuarantined(database, id, { rule, batchAbove, dryRun: true });
    if (dryRun) return this.#showRestored({ ...would, dryRun });
    const replaced = rule === "ours" ? await this.#writtenSince(id) : 0;
    await obtainConsent(
      {
        what: "Giving back what was kept",
        question:
          replaced > 0
            ? `Give it back, and replace ${replaced} that were written since?`
            : "Give it back?",
        look: "See what it would do: surql migrate restore --dry-run",
        dangerous: replaced > 0,
        ...this.#answers(),
      },
      processPrompts(),
      () =>
        this.output.note(
          [
            `Kept, to be given back${would.inBatches ? " in batches" : ""}:`,
            ...renderRestored(would.restored),
            ...(would.inBatches ? [inBatchesNote] : []),
          ].join("\n"),
        ),
    );
    const done = await restoreQuarantined(database, id, { ...this.runOptions(), rule, batchAbove });
    await this.#showRestored(done);
  }

  /** How many records and values `ours` would replace: those that `theirs` leaves. */
  async #writtenSince(id: string | undefined): Promise<number> {
    const { restoreQuarantined } = await import("surql/executor");
    const database = await this.database();
    const options = { rule: "theirs", dryRun: true } as const;
    const { restored } = await restoreQuarantined(database, id, options);
    return restored.reduce((sum, { stayed }) => sum + stayed, 0);
  }

  async #showRestored(result: RestoreResult & { readonly dryRun?: boolean }): Promise<void> {
    await this.show(result, { table: renderRestoreResult });
  }

  async #prune(): Promise<void> {
    const { pruneQuarantine } = await import("surql/executor");
    const { restored, "dry-run": dryRun } = this.flags;
    const database = await this.database();
    let entries = await pruneQuarantine(database, { restored, dryRun: true });
    if (!dryRun && entries.length > 0) {
      await obtainConsent(
        {
          what: "Dropping what was kept",
          question: "Drop it for good?",
          look: `See what it would drop: surql migrate restore --prune${restored ? " --restored" : ""} --dry-run`,
          dangerous: true,
          ...this.#answers(),
        },
        processPrompts(),
        () => this.output.note(["Kept, to be dropped:", ...renderKept(entries)].join("\n")),
      );
      entries = await pruneQuarantine(database, { ...this.runOptions(), restored });
    }
    const document = { pruned: entries.map(keptSummary), ...(dryRun && { dryRun }) };
    await this.show(document, { table: () => renderQuarantinePruned(entries, dryRun) });
  }

  #answers(): { readonly force: boolean; readonly yes: boolean; readonly terminal: boolean } {
    const { force, yes } = this.flags;
    return { force, yes, terminal: hasTerminal() };
  }
}
