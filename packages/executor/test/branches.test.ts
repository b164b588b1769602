import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  readPlan,
  serializePlan,
  type RollbackPlan,
} from "../src/index.ts";
import type { Migration } from "@surql/migration";
import { createProject, writeAndApply, type File, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const base: Readonly<Record<string, File>> = {
  "1": {
    up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string;",
    down: "REMOVE TABLE user;",
  },
};
const bio: File = {
  up: "DEFINE FIELD bio ON user TYPE option<string>;",
  down: "REMOVE FIELD bio ON user;",
  dependsOn: ["1"],
};
const tag: File = { up: "DEFINE TABLE tag;", down: "REMOVE TABLE tag;", dependsOn: ["1"] };

interface Taken {
  readonly plan: RollbackPlan;
  readonly migrations: readonly Migration[];
}

async function takeBack(
  files: Readonly<Record<string, File>>,
  target: string,
  branch: string,
): Promise<Taken> {
  const migrations = await writeAndApply(project, files);
  return { migrations, plan: await createRollbackPlan(project.db, migrations, target, { branch }) };
}

function issuesOf({ plan }: Taken): readonly unknown[] {
  return plan.issues
    .filter(({ code }) => code === "not_independent")
    .map(({ safety, object, migration }) => [safety, object?.kind, object?.name, migration]);
}

describe("one branch of two", () => {
  it("goes back to the fork and leaves the other as it was", async () => {
    await writeAndApply(project, { ...base, "3": tag });
    const schema = await project.schemaSum();
    const files = {
      ...base,
      "3": tag,
      "2": bio,
      "4": {
        ...bio,
        up: "DEFINE FIELD age ON user TYPE option<int>;",
        down: "REMOVE FIELD age ON user;",
        dependsOn: ["2"],
      },
    };
    const taken = await takeBack(files, "1", "4");
    expect(issuesOf(taken)).toEqual([]);
    const { plan, migrations } = taken;
    expect(plan).toMatchObject({ branch: "4", toVersion: "1" });
    expect(plan.migrations.map(({ version }) => version)).toEqual(["4", "2"]);
    expect(plan.notes.join()).toContain("Stays, because it is not of 4 alone: 3.");
    expect(plan.notes.join()).toContain("What stays is independent of what goes");
    const kept = readPlan(serializePlan(plan));
    const result = await executeRollback(project.db, kept, { migrations, force: true });
    expect(result).toMatchObject({ success: true, rolledBackCount: 2 });
    expect(await project.versions()).toEqual(["1", "3"]);
    expect(await project.schemaSum()).toBe(schema);
  });

  it("takes the merge of both along", async () => {
    const nothing = "LET $merged = ['2', '3'];";
    const merge = { up: nothing, down: nothing, dependsOn: ["2", "3"] };
    const taken = await takeBack({ ...base, "2": bio, "3": tag, "4": merge }, "1", "2");
    expect(taken.plan.migrations.map(({ version }) => version)).toEqual(["4", "2"]);
    expect(issuesOf(taken)).toEqual([]);
  });

  it("leaves what both have in common", async () => {
    const files = {
      ...base,
      "2": bio,
      "3": { ...tag, dependsOn: ["2"] },
      "4": { up: "DEFINE TABLE b;", down: "REMOVE TABLE b;", dependsOn: ["2"] },
    };
    const taken = await takeBack(files, "base", "4");
    expect(taken.plan.migrations.map(({ version }) => version)).toEqual(["4"]);
    expect(issuesOf(taken)).toEqual([]);
  });

  it("is refused where there is no such branch", async () => {
    const migrations = await writeAndApply(project, { ...base, "2": bio, "3": tag });
    const refused = async (target: string, branch: string, code: string): Promise<void> =>
      expect(createRollbackPlan(project.db, migrations, target, { branch })).rejects.toMatchObject({
        code,
      });
    await refused("2", "3", "EXECUTOR.NOT_ON_BRANCH");
    await refused("1", "9", "EXECUTOR.UNKNOWN_VERSION");
    const more = await project.write({ "4": tag });
    await expect(createRollbackPlan(project.db, more, "1", { branch: "4" })).rejects.toMatchObject({
      code: "EXECUTOR.NOT_APPLIED",
    });
  });
});

describe("a branch that is not independent", () => {
  it("made a table in which the other defines a field", async () => {
    const files = {
      ...base,
      "2": tag,
      "3": {
        up: "DEFINE FIELD label ON tag TYPE string;",
        down: "REMOVE FIELD label ON tag;",
        dependsOn: ["1"],
      },
    };
    const taken = await takeBack(files, "1", "2");
    expect(issuesOf(taken)).toEqual([
      ["unsafe", "table", "tag", "2"],
      ["unsafe", "field", "label", "2"],
    ]);
    expect(taken.plan.requiresApproval).toBe(true);
  });

  it("made what an up of the other needs", async () => {
    const files = {
      ...base,
      "2": bio,
      "3": {
        up: "ALTER FIELD bio ON user COMMENT 'about';",
        down: "ALTER FIELD bio ON user DROP COMMENT;",
        dependsOn: ["1"],
      },
    };
    const taken = await takeBack(files, "1", "2");
    expect(issuesOf(taken)).toEqual([["unsafe", "migration", "3", "2"]]);
    expect(taken.plan.issues.find(({ code }) => code === "not_independent")?.description).toMatch(
      /^3 stays, and rests on what goes: without 2, the up of 3 fails in line 6: /,
    );
  });

  it("has a down that takes away what the other made, however it is written", async () => {
    const files = {
      ...base,
      "2": {
        ...bio,
        down: "REMOVE FIELD bio ON user; FOR $table IN ['tag'] { REMOVE TABLE tag; };",
      },
      "3": tag,
    };
    expect(issuesOf(await takeBack(files, "1", "2"))).toEqual([["unsafe", "table", "tag", "2"]]);
  });

  it("has a down that puts back another definition than the other made", async () => {
    const files = {
      ...base,
      "2": {
        up: "DEFINE FIELD OVERWRITE name ON user TYPE string DEFAULT '';",
        down: "DEFINE FIELD OVERWRITE name ON user TYPE string;",
        dependsOn: ["1"],
      },
      "3": {
        up: "DEFINE FIELD OVERWRITE name ON user TYPE option<string>;",
        down: "DEFINE FIELD OVERWRITE name ON user TYPE string;",
        dependsOn: ["1"],
      },
    };
    expect(issuesOf(await takeBack(files, "1", "2"))).toEqual([["unsafe", "field", "name", "2"]]);
  });

  it("changed what the other made, and does not change it back", async () => {
    const files = {
      ...base,
      "2": tag,
      "3": {
        up: "DEFINE TABLE OVERWRITE tag COMMENT 'mine';",
        down: "LET $forgotten = 1;",
        dependsOn: ["1"],
      },
    };
    const taken = await takeBack(files, "1", "3");
    expect(issuesOf(taken)).toEqual([["unsafe", "table", "tag", "3"]]);
    expect(taken.plan.issues[0]?.description).toContain("leaves tag as 3 changed it");
  });

  it("is said of a target that leaves something, too, and where it cannot be told", async () => {
    const files = {
      ...base,
      "2": tag,
      "3": { up: "THROW 'never by itself';", down: "LET $a = 1;", dependsOn: ["1"] },
      "4": {
        up: "DEFINE FIELD label ON tag;",
        down: "REMOVE FIELD label ON tag;",
        dependsOn: ["2"],
      },
    };
    const migrations = await project.write(files);
    const applied = migrations.map((one) =>
      one.version === "3" ? { ...one, up: [{ text: "LET $a = 1", line: 1, column: 1 }] } : one,
    );
    await applyMigrations(project.db, applied);
    const plan = await createRollbackPlan(project.db, migrations, "2");
    expect(plan.migrations.map(({ version }) => version)).toEqual(["4"]);
    expect(plan.issues).toMatchObject([
      { code: "field_removed" },
      {
        code: "not_independent",
        safety: "unsafe",
        description: expect.stringMatching(/^Whether 3, which stays, .*never by itself/),
      },
    ]);
  });
});
