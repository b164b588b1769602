import { Args, Flags } from "@oclif/core";
import type { Drift, DriftRule } from "surql/executor";
import { DatabaseCommand } from "../../database-command.ts";
import { invalidUsage } from "../../errors.ts";
import { driftFound } from "../../schema-errors.ts";
import { renderDrift } from "../../render/drift.ts";
import { waysOut } from "../../ways-out.ts";

export default class MigrateVerify extends DatabaseCommand<typeof MigrateVerify> {
  static override summary =
    "Look for drift: compare the database with what is recorded of its version";
  static override description = [
    "Compares with the stored snapshot of the version. Where there is none, the applied migrations are run in a scratch engine in memory, and that is said.",
    "Exits with 4 when something differs, and names three ways out: make the database as recorded, record the change as a migration, or ignore it by a rule in the configuration (drift.ignore), which --ignore writes.",
  ].join("\n\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --ignore 'user.tmp_*' --reason 'Of the nightly import'",
  ];
  static override args = {
    version: Args.string({
      description:
        "A stored or applied version, base, or a snapshot file; the current version unless given",
    }),
  };
  static override flags = {
    ignore: Flags.string({
      summary: "Add a rule to the configuration that covers these objects; * in a name is anything",
      helpValue: "<path>",
      multiple: true,
      dependsOn: ["reason"],
    }),
    reason: Flags.string({
      summary: "Why they may differ",
      helpValue: "<text>",
      dependsOn: ["ignore"],
    }),
  };

  async run(): Promise<void> {
    const { ignore = [] } = this.flags;
    const drift = await this.#drift(this.settings.driftRules);
    if (ignore.length === 0) return this.#show(drift);
    const rules = ignore.map((path) => ({ path, reason: this.flags.reason ?? "" }));
    await this.#record(rules, drift);
    await this.#show(await this.#drift([...this.settings.driftRules, ...rules]));
  }

  async #drift(rules: readonly DriftRule[]): Promise<Drift> {
    const { findDrift } = await import("surql/executor");
    const { findRecorded } = await import("../../recorded-source.ts");
    const database = await this.database();
    const recorded = await findRecorded(database, this.args.version, () => this.migrations());
    return findDrift(database, recorded, rules);
  }

  async #record(rules: readonly DriftRule[], { changes }: Drift): Promise<void> {
    const { applyDriftRules } = await import("surql/executor");
    const { addDriftRules } = await import("../../configuration/add-drift-rules.ts");
    const idle = rules.filter((rule) => applyDriftRules(changes, [rule]).ignored.length === 0);
    if (idle.length > 0) {
      throw invalidUsage(
        `Nothing that differs is covered by ${idle.map(({ path }) => path).join(", ")}. No rule was written.`,
        ["See what differs: surql migrate verify"],
      );
    }
    const path = await addDriftRules(process.cwd(), rules);
    this.output.note(`Written to ${path}: ${rules.map((rule) => rule.path).join(", ")} ignored.`);
  }

  async #show(drift: Drift): Promise<void> {
    const renderers = { table: renderDrift };
    if (drift.identical) return this.show(drift, renderers);
    const current = await this.currentVersion();
    const { readUnfinished } = await import("surql/history");
    const halfWay = [...(await readUnfinished(await this.database())).keys()];
    const error = driftFound(drift, waysOut(drift, current), halfWay);
    return this.showFinding(drift, error, renderers);
  }
}
