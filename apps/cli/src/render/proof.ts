import type { MigrationProof, ProofReport, RecordChange } from "surql/proof";
import { amount } from "../output/amount.ts";
import type { Style } from "../output/style.ts";
import { renderTable } from "../output/table.ts";
import { renderVerdict, verdictWords } from "./verdict.ts";

/** What a proof found, migration by migration. */
export async function renderProof(report: ProofReport, style: Style): Promise<string> {
  const { migrations, durationMs, seed, ground, engineVersion } = report;
  const table = await renderTable(
    ["VERSION", "DESCRIPTION", "VERDICT", "RECORDS"],
    migrations.map(({ version, description, verdict, records }) => [
      version,
      description,
      renderVerdict(verdict, style),
      String(records),
    ]),
    style,
  );
  const counts = Object.entries(verdictWords).flatMap(([verdict, word]) => {
    const count = migrations.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const from = ground === "sample" ? "sampled records" : `records generated from seed ${seed}`;
  const details = migrations.flatMap((one) => detailsOf(one, style));
  return [
    table,
    ...details,
    "",
    `${amount(migrations.length, "migration")} in ${(durationMs / 1000).toFixed(1)} s: ${counts.join(", ")} (${from}, SurrealDB ${engineVersion}).`,
  ].join("\n");
}

function detailsOf(proof: MigrationProof, style: Style): readonly string[] {
  const { version, failure, irreversible, schema, changes, preserveFailed, unfilled } = proof;
  const lines = [
    ...(failure === undefined ? [] : failureLines(failure)),
    ...(irreversible === undefined ? [] : [irreversible]),
    ...schema.map(
      ({ stage, change, kind, path }) => `after ${stage}: ${kind} ${path} is ${change}`,
    ),
    ...changes.map(describeChange),
    ...(preserveFailed === undefined ? [] : [`with --preserve: ${preserveFailed}`]),
    ...unfilled.map(({ table, reason }) => `could not make a record that fits ${table}: ${reason}`),
  ];
  return lines.length === 0 ? [] : ["", style("bold", version), ...lines.map((one) => `  ${one}`)];
}

function failureLines({
  stage,
  line,
  statement,
  reason,
  runsOnEmptyTables,
}: NonNullable<MigrationProof["failure"]>): readonly string[] {
  const where = line === undefined ? "" : `, line ${line}`;
  const head = stage === undefined ? reason : `${stage}${where} fails: ${reason}`;
  const empty =
    runsOnEmptyTables === true
      ? ["On empty tables it runs: --sample tries it with records of yours."]
      : [];
  return [head, ...(statement === undefined ? [] : [`  ${statement}`]), ...empty];
}

function describeChange({ stage, table, field, change, records, by }: RecordChange): string {
  const what =
    field === undefined ? amount(records, "record") : `${field} of ${amount(records, "record")}`;
  const undone = change === "added" ? "does not take it away" : "does not bring it back";
  const taken = by === "up" ? `by up, and down ${undone}` : "by down";
  return `after ${stage}: ${what} in ${table} ${records === 1 || field !== undefined ? "is" : "are"} ${change} (${taken})`;
}
