import type { Picture } from "@surql/executor";
import { compareSchemas, type Schema } from "@surql/snapshot";
import type { MigrationProof, SchemaDeviation } from "../proof.ts";
import { judgeRecords } from "./judge-records.ts";

/** The four moments of a proof. */
export interface Moments {
  readonly before: Picture;
  readonly up: Picture;
  readonly down: Picture;
  readonly again: Picture;
}

/** What a migration that runs both ways is, without regard to what a rollback could keep. Pure. */
export function judgeMoments(
  moments: Moments,
): Pick<MigrationProof, "verdict"> & Partial<Pick<MigrationProof, "changes" | "schema">> {
  const { before, up, down, again } = moments;
  const left = findDeviations(before.schema, down.schema, "down");
  const schema = left.length > 0 ? left : findDeviations(up.schema, again.schema, "up again");
  if (schema.length > 0) return { verdict: "fails", schema };
  const changes = judgeRecords(moments);
  return { verdict: changes.length === 0 ? "exact" : "loses", changes };
}

/** What of a schema is not as it should be. Pure. */
export function findDeviations(
  wanted: Schema,
  found: Schema,
  stage: SchemaDeviation["stage"],
): readonly SchemaDeviation[] {
  return compareSchemas(wanted, found).map(({ change, kind, path }) => ({
    stage,
    change,
    kind,
    path,
  }));
}
