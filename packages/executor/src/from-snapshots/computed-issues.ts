import type { Migration } from "@surql/migration";
import type { RollbackIssue } from "@surql/safety-analyzer";
import { readingOf, redactSecrets, type Statement, type Touch } from "@surql/surrealql";
import { mayWrite } from "../run/may-write.ts";
import type { ComputedDown } from "./computed-down.ts";

/** How much of a statement is told, in characters, and how many of them. */
const widest = 80;
const most = 5;

/**
 * Says that a way back is computed, and what it does not bring back: snapshots hold definitions, neither records nor secrets. Pure.
 *
 * @param migration As it was loaded.
 */
export function computedIssues(
  migration: Migration,
  computed: ComputedDown,
): readonly RollbackIssue[] {
  return [
    announced(migration, computed),
    ...dataLeft(migration),
    ...computed.gaps.map((gap) => gapLeft(migration, gap)),
  ];
}

function about({ version }: Migration): Pick<RollbackIssue, "migration" | "object"> {
  return { migration: version, object: { kind: "migration", name: version } };
}

/** Who declared a migration irreversible had a reason that snapshots may not know of. */
function announced(migration: Migration, { to, isKnown }: ComputedDown): RollbackIssue {
  const { version, irreversible } = migration;
  const why =
    irreversible === undefined
      ? "it has no down script"
      : `it is declared irreversible: ${irreversible}`;
  const how = isKnown
    ? `What changed from the snapshot of ${to} to that of ${version} is changed back.`
    : `There is no snapshot of ${version} itself: all in which the schema differs from the snapshot of ${to} is changed, whoever made it.`;
  const isSafe = irreversible === undefined && isKnown;
  return {
    safety: isSafe ? "safe" : "data_loss",
    code: "computed_down",
    ...about(migration),
    description: `The way back of ${version} is computed from snapshots, as ${why}. ${how}`,
    ...(!isSafe && {
      recommendation:
        "Read what it does: surql migrate plan-rollback … --from-snapshots --show-sql",
    }),
  };
}

function dataLeft(migration: Migration): readonly RollbackIssue[] {
  const { version, up } = migration;
  if (up.length === 0) {
    const description = `What ${version} did to records is not known, as its up script is not there. Snapshots hold no records: none of it is undone.`;
    return [{ safety: "unsafe", code: "data_not_undone", ...about(migration), description }];
  }
  const changing = up.filter((one) => readingOf(one).touches.some(changesData));
  if (changing.length === 0) return [];
  const isClear = changing.every((one) => readingOf(one).touches.every(isTold));
  const told = changing.slice(0, most).map(tell);
  const more = changing.length > most ? `, and ${changing.length - most} more` : "";
  return [
    {
      safety: isClear ? "data_loss" : "unsafe",
      code: "data_not_undone",
      ...about(migration),
      description: `Snapshots hold no records: what ${version} did to them when it was applied is not undone: ${told.join("; ")}${more}.`,
      recommendation:
        "Read these statements, and undo what they did by hand where that is needed; what a table or field held that they removed comes back from a backup only.",
    },
  ];
}

function changesData(touch: Touch): boolean {
  const isRemoved =
    touch.effect === "remove" && (touch.object.kind === "table" || touch.object.kind === "field");
  return isRemoved || mayWrite(touch);
}

function isTold({ effect }: Touch): boolean {
  return effect !== "call" && effect !== "unknown";
}

function tell({ text, line }: Statement): string {
  const flat = redactSecrets(text).trim().replaceAll(/\s+/g, " ");
  return `${flat.length > widest ? `${flat.slice(0, widest)} …` : flat} (line ${line})`;
}

function gapLeft(migration: Migration, gap: ComputedDown["gaps"][number]): RollbackIssue {
  const { kind, path, change, reason, statement } = gap;
  const why = {
    secret: "what it takes holds a secret, and no snapshot does",
    impossible: "SurrealQL has no statement for that",
    unreadable: "the engine did not show what belongs to it",
  }[reason];
  return {
    safety: "data_loss",
    code: "not_computed",
    migration: migration.version,
    description: `${path} will not be ${change}: ${why}. It stays as it is.`,
    ...(statement !== undefined && {
      recommendation: `Put the secret in, and run it behind the rollback: ${statement};`,
    }),
    object: { kind, name: path },
  };
}
