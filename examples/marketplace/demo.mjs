// The whole workflow, as somebody would type it, on an embedded database in a folder of its own.
// Needs the command to be built; `npm run demo` at the root of the repository sees to that.
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "surql";

const example = import.meta.dirname;
const program = join(example, "../../apps/cli/bin/run.js");
const project = await mkdtemp(join(tmpdir(), "surql-marketplace-"));
const started = performance.now();

/** The version before user.bio came, and that of the merge with the one before it. */
const beforeBio = "20260309_090000";
const beforeMerge = "20260203_110000";
const merge = "20260209_090000";

try {
  await runWorkflow();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`Everything went as it should, in ${seconds} seconds.`);
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await rm(project, { recursive: true, force: true });
}

async function runWorkflow() {
  say("An empty folder becomes a project, with an embedded file database.");
  await surql("init");
  await cp(join(example, "migrations"), join(project, "migrations"), { recursive: true });
  console.log("(The migrations of the marketplace are copied into migrations/.)");
  await surql("db ping");

  say("The migrations are checked without touching the database. They branch once, and merge.");
  await surql("migrate validate");
  await surql("migrate graph");

  say("All of them are applied. Each commits with its history row and a snapshot of the schema.");
  await surql("migrate up --auto-snapshot");
  await surql("migrate status");
  await surql("migrate history");
  const first = await surql("migrate snapshot --version before_rollback --output first.json");
  await surql("migrate list-snapshots");

  say("What did the merge of the two branches change?");
  await surql(`migrate compare ${beforeMerge} ${merge}`, { shows: "notification" });

  say("Going back to before user.bio would lose data. The plan says which, and how much.");
  await surql(`migrate plan-rollback ${beforeBio}`, { shows: "return_request" });

  say("So nobody is allowed to do it by accident.");
  await surql(`migrate rollback ${beforeBio}`, { exitCode: 3 });

  say(
    "A plan can be kept, read by somebody else, and carried out as it stands. Approved, it is one transaction.",
  );
  await surql(`migrate plan-rollback ${beforeBio} --output plan.json`, { shows: "plan.json" });
  await surql("migrate rollback --plan plan.json --force --yes", { shows: "--restore ours" });
  await surql("migrate status");

  say("It is carried out once.");
  await surql("migrate rollback --plan plan.json --force --yes", { exitCode: 4 });

  say("What it took is kept in the database.");
  await surql("migrate restore --list", { shows: "return_request" });

  say("The schema is the one that was stored when that version was applied.");
  await surql(`migrate compare ${beforeBio} live`, { shows: "identical" });

  say("And forward again, with the data, in the same transactions.");
  await surql("migrate up --restore ours");
  const last = await surql("migrate snapshot --version after_rollback");
  await surql("migrate compare first.json live", { shows: "identical" });

  const [before, after] = [checksumIn(first), checksumIn(last)];
  console.log(`\nchecksum before  ${before}\nchecksum after   ${after}`);
  if (before !== after) throw new Error("the schema is not the one from before the rollback");

  say("The same rollback would cost the same again: every record is back.");
  const kept = keptBy(await readFile(join(project, "plan.json"), "utf8"));
  const again = keptBy(await surql(`migrate plan-rollback ${beforeBio} --json`, { quiet: true }));
  console.log(again.join("\n"));
  if (again.join() !== kept.join()) throw new Error(`before it was ${kept.join(", ")}`);

  say(
    "Somebody changes the database by hand. What differs is named, and the change is kept as a migration.",
  );
  await changeByHand("DEFINE FIELD phone ON warehouse TYPE option<string>");
  await surql("migrate verify", { exitCode: 4, shows: "warehouse.phone" });
  const written = await surql("migrate generate warehouse_phone", { shows: "warehouse_phone" });
  await surql("migrate verify");

  say(
    "That it can be undone is proved: up, down and up again in an engine of its own, on records that fit.",
  );
  await surql(`migrate test ${lastVersionIn(written)}`, { shows: "exact" });
}

/**
 * What a plan would keep, in words.
 *
 * @param {string} plan as JSON
 * @returns {string[]}
 */
function keptBy(plan) {
  /** @type {{ preserve: { kind: string, table: string, field?: string, records: number }[] }} */
  const { preserve } = JSON.parse(plan);
  return preserve.map(
    ({ kind, table, field, records }) =>
      `  ${records} of ${field ? `${table}.${field}` : table} (${kind})`,
  );
}

/** @param {string} text */
function say(text) {
  console.log(`\n# ${text}`);
}

/**
 * Runs a command, shows it as typed with its output, and fails when it does not do what it should.
 *
 * @param {string} command
 * @param {{ exitCode?: number, shows?: string, quiet?: boolean }} expected `quiet` does not show its output
 * @returns {Promise<string>} what it printed
 */
async function surql(command, { exitCode = 0, shows = "", quiet = false } = {}) {
  console.log(`\n$ surql ${command}`);
  const { code, output } = await run(command.split(" "), quiet);
  if (exitCode !== 0) console.log(`(exit code ${code})`);
  if (code !== exitCode) {
    throw new Error(`surql ${command} ended with exit code ${code} instead of ${exitCode}`);
  }
  if (!output.includes(shows)) throw new Error(`surql ${command} does not mention ${shows}`);
  return output;
}

/**
 * Without a terminal to ask in, and without settings of the machine that it runs on.
 *
 * @param {string[]} args
 * @param {boolean} quiet
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(args, quiet) {
  const settings = Object.entries(process.env).filter(([name]) => !name.startsWith("SURQL_"));
  const child = spawn(process.execPath, [program, ...args], {
    cwd: project,
    env: Object.fromEntries(settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const [from, to] of /** @type {const} */ ([
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])) {
    from.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      output += text;
      if (!quiet) to.write(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

/**
 * Changes the database beside its migrations, as somebody with a database tool would.
 *
 * @param {string} statements
 */
async function changeByHand(statements) {
  console.log(`\n> ${statements}`);
  const url = `surrealkv://${join(project, ".surql/database")}`;
  const db = await connect({ url, namespace: "development", database: "main" });
  await db.query(statements);
  await db.close();
}

/** @param {string} output */
function lastVersionIn(output) {
  const [version] = /\b\d{8}_\d{6}\b(?!.*\b\d{8}_\d{6}\b)/s.exec(output) ?? [];
  if (version === undefined) throw new Error("surql migrate generate showed no version");
  return version;
}

/** @param {string} output */
function checksumIn(output) {
  const [checksum] = /\b[0-9a-f]{64}\b/.exec(output) ?? [];
  if (checksum === undefined) throw new Error("surql migrate snapshot showed no checksum");
  return checksum;
}
