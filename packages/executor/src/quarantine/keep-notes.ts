import type { PlannedKeep } from "./planned-keep.ts";

/**
 * Says what a rollback keeps. Pure.
 *
 * @param keepForMs Milliseconds; `null` for good.
 */
export function keepNotes(
  planned: readonly PlannedKeep[],
  keepForMs: number | null,
): readonly string[] {
  const days = keepForMs === null ? "" : ` for ${wordsOf(keepForMs)}`;
  const kept = planned.filter(({ records }) => records > 0);
  const what = kept.map(describe).join(", ");
  const large = kept.filter(({ inBatches }) => inBatches === true);
  return [
    ...(kept.length > 0 ? [`Keeps in the quarantine${days}: ${what}.`] : []),
    ...(large.length > 0
      ? [
          `Keeps in batches before its transaction: ${large.map(describeLarge).join(", ")}. What changes meanwhile is kept anew; interrupted, the same command goes on.`,
        ]
      : []),
  ];
}

function describe({ kind, table, field, of, records, exact }: PlannedKeep): string {
  const amount = `${exact ? "" : "up to "}${records}`;
  const plural = records === 1 ? "" : "s";
  if (kind === "field") return `${amount} value${plural} of ${table}.${field ?? ""}`;
  if (kind === "edges") return `${amount} edge${plural} of ${table} that join ${of ?? ""}`;
  const changed = kind === "records" ? " as far as they are changed" : "";
  return `${amount} record${plural} of ${table}${exact ? "" : changed}`;
}

function describeLarge(keep: PlannedKeep): string {
  const { image, table } = keep;
  return image === undefined
    ? describe(keep)
    : `an image of all ${image} records of ${table}, of which what its statements change stays`;
}

function wordsOf(ms: number): string {
  const day = 86_400_000;
  return ms % day === 0 ? `${ms / day} day${ms === day ? "" : "s"}` : `${ms / 1000} seconds`;
}
