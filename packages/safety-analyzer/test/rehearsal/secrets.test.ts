import { captureSchema } from "@surql/snapshot";
import { expect, test } from "vitest";
import { analyzeSteps, rehearseSteps } from "../../src/index.ts";
import { openDatabase } from "../open-database.ts";
import { stepsOf } from "../steps-of.ts";

test("no secret of the database or of the plan is told, and none is known to everybody", async () => {
  await using db = await openDatabase();
  await db.query(`
    DEFINE ACCESS token ON DATABASE TYPE JWT ALGORITHM HS512 KEY 'live-secret';
    DEFINE USER ada ON DATABASE PASSWORD 'live-secret' ROLES OWNER;`);
  const steps = stepsOf(
    "DEFINE USER bob ON DATABASE PASSWORD 'plan-secret' ROLES OWNER",
    "DEFINE USER ada ON DATABASE PASSWORD 'plan-secret' ROLES OWNER",
    "DEFINE ACCESS OVERWRITE token ON DATABASE TYPE JWT ALGORITHM HS512 KEY 'plan-secret'",
  );
  const schema = await captureSchema(db);
  const verdict = await analyzeSteps(db, steps, { rehearse: true, schema });
  expect(verdict.issues.map(({ code }) => code)).toContain("rehearsal_failed");
  expect(JSON.stringify(verdict)).not.toMatch(/(?:plan|live)-secret/);

  const rehearsal = await rehearseSteps(db, steps, { schema });
  if (rehearsal.ground === "none") throw new Error(rehearsal.why);
  const changes = rehearsal.segments.flatMap((segment) => segment.changes);
  expect(changes.map(({ path }) => path)).toEqual(["user bob"]);
  expect(JSON.stringify(changes)).not.toMatch(/(?:plan|live)-secret/);
  expect(rehearsal.failures[0]?.reason).not.toContain("plan-secret");
});
