import { SurqlError } from "@surql/errors";
import { describeDrifted, type DriftedObject } from "./planned-drift.ts";

/** A plan changes objects that somebody has changed since the snapshot of the current version. */
export function driftTouched(
  version: string,
  target: string,
  objects: readonly DriftedObject[],
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.DRIFT",
    category: "state",
    message: `The rollback to ${target} changes what is not as the snapshot of ${version} has it. Nothing was changed.`,
    why: objects.map(describeDrifted).join("\n"),
    nextActions: [
      "See all that differs: surql migrate verify",
      `Make the database as recorded: surql migrate restore-schema ${version}`,
      "Accept it this time: --accept-difference",
      `Or always, by a rule in the configuration: surql migrate verify ${objects.map(({ path }) => `--ignore '${path}'`).join(" ")} --reason 'WHY'`,
    ],
    meta: { version, target, objects },
  });
}

/** There is neither a snapshot of a version nor a way to make its schema from its migrations. */
export function schemaNotRecorded(version: string, cause: SurqlError): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.SCHEMA_NOT_RECORDED",
    category: "state",
    message: `What the schema of ${version} has to be is not known: there is no snapshot to go by, and its migrations do not give it.`,
    why: [cause.message, cause.why].filter((part) => part !== undefined).join(" "),
    nextActions: [
      ...(cause.code === "CONNECTION.ENGINE_MISSING"
        ? ["Install @surrealdb/node, so that the migrations can be run in memory."]
        : cause.nextActions),
      "If the database is as it should be, record that: surql migrate snapshot",
      "From then on, take a snapshot with each migration: surql migrate up --auto-snapshot",
    ],
    meta: { version, reason: cause.code },
    cause,
  });
}
