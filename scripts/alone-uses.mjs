/**
 * @typedef {object} Use
 * @property {string} program An ES module, run in the folder where the package is installed. Fails by throwing.
 * @property {Record<string, string>} [peers] What the program needs beside the package: an optional peer, a tool.
 * @property {Record<string, Record<string, string>>} [overrides] As in package.json.
 */

const engine = { "@surrealdb/node": ">=3.0.0 <4" };

const openDatabase = `const db = await connect({ url: "mem://", namespace: "n", database: "d" });`;

const writeMigrations = `
      const { mkdir, writeFile } = await import("node:fs/promises");
      await mkdir("migrations", { recursive: true });
      const script = "-- @metadata\\n-- version: 1\\n-- @up\\nDEFINE TABLE a;\\n-- @down\\nREMOVE TABLE a;\\n";
      await writeFile("migrations/1_first.surql", script);
      await writeFile(
        "migrations/2_second.ts",
        'export const metadata: { version: string } = { version: "2", description: "second" } as never;' +
          'export const up = () => ["DEFINE TABLE b"]; export const down = () => ["REMOVE TABLE b"];',
      );
`;

/**
 * The least that someone would do with each package, by its name.
 *
 * @type {Record<string, Use>}
 */
export const uses = {
  "@surql/errors": {
    program: `
      import { isSurqlError, SurqlError } from "@surql/errors";
      assert(isSurqlError(new SurqlError({ code: "A.B", category: "usage", message: "m" })));
    `,
  },
  "@surql/surrealql": {
    program: `
      import { splitStatements } from "@surql/surrealql";
      assert.equal(splitStatements("REMOVE TABLE a; -- b;\\nREMOVE TABLE c;").length, 2);
    `,
  },
  "@surql/graph": {
    program: `
      import { VersionGraph } from "@surql/graph";
      assert(new VersionGraph() instanceof VersionGraph);
    `,
  },
  "@surql/connection": {
    peers: engine,
    program: `
      import { connect } from "@surql/connection";
      ${openDatabase}
      assert.deepEqual(await db.query("RETURN 1"), [1]);
      await db.close();
    `,
  },
  "@surql/migration": {
    program: `
      import { discoverMigrations } from "@surql/migration";
      ${writeMigrations}
      const migrations = await discoverMigrations("migrations");
      assert.deepEqual(migrations.map(({ version }) => version), ["1", "2"]);
    `,
  },
  "@surql/snapshot": {
    peers: engine,
    program: `
      import { connect } from "@surql/connection";
      import { compareSnapshots, createSnapshot } from "@surql/snapshot";
      ${openDatabase}
      const snapshot = await createSnapshot(db, { version: "1" });
      assert.equal(compareSnapshots(snapshot, snapshot).identical, true);
      await db.close();
    `,
  },
  "@surql/history": {
    peers: engine,
    program: `
      import { connect } from "@surql/connection";
      import { getAppliedMigrations } from "@surql/history";
      ${openDatabase}
      assert.deepEqual(await getAppliedMigrations(db), []);
      await db.close();
    `,
  },
  "@surql/safety-analyzer": {
    program: `
      import { judgeSteps } from "@surql/safety-analyzer";
      import { splitStatements } from "@surql/surrealql";
      const step = { migration: "1", statements: splitStatements("REMOVE TABLE user") };
      assert.equal(judgeSteps([step]).overallSafety, "unsafe");
    `,
  },
  "@surql/generator": {
    program: `
      import { migrationBetween } from "@surql/generator";
      const none = { tables: {}, edges: {}, objects: {} };
      assert.deepEqual(migrationBetween(none, none).up.statements, []);
    `,
  },
  "@surql/executor": {
    peers: engine,
    program: `
      import { connect } from "@surql/connection";
      import { applyMigrations } from "@surql/executor";
      import { discoverMigrations } from "@surql/migration";
      ${writeMigrations}
      ${openDatabase}
      await applyMigrations(db, await discoverMigrations("migrations"));
      const [info] = await db.query("INFO FOR DB");
      assert("a" in info.tables && "b" in info.tables);
      await db.close();
    `,
  },
  "@surql/proof": {
    peers: engine,
    program: `
      import { connect } from "@surql/connection";
      import { discoverMigrations } from "@surql/migration";
      import { proveMigrations } from "@surql/proof";
      ${writeMigrations}
      const openScratch = () => connect({ url: "mem://", namespace: "test", database: "test" });
      const { migrations } = await proveMigrations(await discoverMigrations("migrations"), { openScratch });
      assert.deepEqual(migrations.map(({ verdict }) => verdict), ["exact", "exact"]);
    `,
  },
  surql: {
    // In a project with TypeScript 7, which surrealdb does not allow for yet, and with the types checked.
    peers: { ...engine, "@types/node": "^20.19.0", typescript: "7.0.2" },
    overrides: { surrealdb: { typescript: "$typescript" } },
    program: `
      import { execFileSync } from "node:child_process";
      import { applyMigrations, connect, createRollbackPlan, discoverMigrations, executeRollback } from "surql";
      ${writeMigrations}
      ${openDatabase}
      const migrations = await discoverMigrations("migrations");
      await applyMigrations(db, migrations);
      const plan = await createRollbackPlan(db, migrations, "base");
      assert.equal(plan.overallSafety, "unsafe");
      assert.equal((await executeRollback(db, plan, { force: true })).success, true);
      await db.close();
      const flags = "--noEmit --allowJs --checkJs --strict --target es2023 --module nodenext --types node";
      execFileSync("npx", ["--no-install", "tsc", ...flags.split(" "), "use.mjs"], { stdio: "inherit" });
    `,
  },
  "@surql/cli": {
    program: `
      import { execFileSync } from "node:child_process";
      const printed = execFileSync("npx", ["--no-install", "surql", "--version"], { encoding: "utf8" });
      assert.match(printed, /@surql\\/cli\\/\\d/);
    `,
  },
};
