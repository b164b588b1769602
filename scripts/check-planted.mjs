// Shows that the checks of `npm test` can fail: plants violations in a copy of the repository, one group at
// a time, and demands that the check which should find them names them.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { checks } from "./checks.mjs";
import { root } from "./environment.mjs";
import { listFiles } from "./list-files.mjs";
import { runCommand } from "./run-command.mjs";
import { violations } from "./planted-violations.mjs";

/** @typedef {import("./planted-violations.mjs").Violation} Violation */

const copy = mkdtempSync(path.join(os.tmpdir(), "surql-planted-"));

async function copyRepository() {
  const files = await listFiles();
  await runCommand("git", ["init", "--quiet"], { cwd: copy });
  for (const file of files) cpSync(path.join(root, file), path.join(copy, file));
  symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"), "junction");
  // Links of one package to another are relative, so that in the copy they lead to the copy.
  const manifests = files.filter((file) => file.endsWith("/package.json"));
  for (const folder of manifests.map((file) => path.join(path.dirname(file), "node_modules"))) {
    if (!existsSync(path.join(root, folder))) continue;
    cpSync(path.join(root, folder), path.join(copy, folder), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
}

/**
 * @param {Violation} violation
 * @returns {() => void} Takes it out again.
 */
function plant({ files }) {
  const undo = Object.entries(files).map(([file, planted]) => {
    const absolute = path.join(copy, file);
    const before = existsSync(absolute) ? readFileSync(absolute, "utf8") : undefined;
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, typeof planted === "string" ? planted : planted(before ?? ""));
    return () => (before === undefined ? rmSync(absolute) : writeFileSync(absolute, before));
  });
  return () => undo.forEach((takeOut) => takeOut());
}

/**
 * @param {Violation} violation
 * @returns {Promise<string[]>} What went wrong.
 */
async function findProblems(violation) {
  const check = checks.find(({ name }) => name === violation.check);
  if (check === undefined) return [`There is no check "${violation.check}"`];
  const takeOut = plant(violation);
  const { ok, output } = await check.run({ cwd: copy, only: violation.only ?? [] });
  takeOut();
  if (ok) return [`"${check.name}" passes with ${Object.keys(violation.files).join(", ")}`];
  const paragraphs = output.split(/\n\s*\n/);
  const unseen = violation.reports.filter(
    (words) => !paragraphs.some((paragraph) => words.every((word) => paragraph.includes(word))),
  );
  return unseen.map((words) => `"${check.name}" does not report ${words.join(" … ")}:\n${output}`);
}

try {
  await copyRepository();
  const problems = [];
  for (const violation of violations) problems.push(...(await findProblems(violation)));
  const untried = checks.filter(
    ({ name }) => name !== "planted violations" && !violations.some(({ check }) => check === name),
  );
  problems.push(...untried.map(({ name }) => `Nothing is planted for "${name}"`));
  console.log(
    problems.join("\n") ||
      `${violations.flatMap(({ reports }) => reports).length} planted violations found`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
