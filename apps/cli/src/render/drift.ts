import type { Drift, RecordedSource } from "surql/executor";
import { amount } from "../output/amount.ts";
import type { Style } from "../output/style.ts";
import { renderDifference } from "./difference.ts";

/** Drift as text: what was compared with, what differs, and what of it a rule covers. */
export async function renderDrift(drift: Drift, style: Style): Promise<string> {
  const { from, identical, ignored, source } = drift;
  const lines = [`${from} is known ${sourceOf(source)}.`];
  if (identical) {
    lines.push(
      ignored.length === 0
        ? `The database is as recorded at ${from}.`
        : `The database is as recorded at ${from}, but for what rules cover.`,
    );
  } else lines.push(await renderDifference(drift, style));
  return [...lines, ...renderIgnored(ignored, style)].join("\n");
}

/** What differs from what is recorded, and is right by a rule. */
export function renderIgnored(ignored: Drift["ignored"], style: Style): readonly string[] {
  if (ignored.length === 0) return [];
  return [
    `Ignored: ${amount(ignored.length, "change")}`,
    ...ignored.map(({ change, path, reason, rule }) =>
      style("dim", `  ${path} (${change}), by ${rule}: ${reason}`),
    ),
  ];
}

function sourceOf({ kind, createdAt, engineVersion, why }: RecordedSource): string {
  if (kind === "base") return "as a database in which nothing is applied";
  if (kind === "migrations") {
    return `from its migrations, run in a scratch engine, as ${why ?? "there is no snapshot"}`;
  }
  const what = kind === "file" ? "from a snapshot file" : "from its stored snapshot";
  const taken = createdAt === undefined ? "" : ` of ${createdAt}`;
  return `${what}${taken}${engineVersion === undefined ? "" : `, SurrealDB ${engineVersion}`}`;
}
