import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createMigration } from "../src/create-migration.ts";
import { checkSum } from "../src/sum/check-sum.ts";
import { inspectSum } from "../src/sum/inspect-sum.ts";
import { parseSum } from "../src/sum/parse-sum.ts";
import { recordInSum } from "../src/sum/record-in-sum.ts";
import { renderSum } from "../src/sum/render-sum.ts";
import type { Sum, SummedFile } from "../src/sum/sum.ts";
import { caught } from "./caught.ts";
import { migrationDirectory, surql } from "./migration-directory.ts";

const first = "20260101_000000_first.surql";
const second = "20260102_000000_second.surql";
const third = "20260103_000000_third.surql";

async function sealedDirectory(): Promise<string> {
  const files = Object.fromEntries(
    [first, second, third].map((name) => [name, surql("", `DEFINE TABLE t_${name.slice(7, 8)};`)]),
  );
  const directory = await migrationDirectory(files);
  await recordInSum(directory, { seal: "all" });
  return directory;
}

async function kinds(directory: string): Promise<readonly string[]> {
  const { problems = [] } = (await inspectSum(directory)) ?? {};
  return problems.map(({ kind, file }) => `${kind} ${file}`);
}

it("lists a new file as open, so that it may be edited until it is sealed", async () => {
  const directory = await migrationDirectory();
  expect(await inspectSum(directory)).toBeUndefined();
  const { path } = await createMigration({ directory, name: "one", now: new Date(0) });
  const name = "19700101_000000_one.surql";
  await writeFile(path, surql("", "DEFINE TABLE one;"));
  expect(await inspectSum(directory)).toEqual({
    sealed: [],
    open: [name],
    unlisted: [],
    problems: [],
  });
  expect(await recordInSum(directory, { seal: [name] })).toMatchObject({ sealed: [name] });
  expect(await inspectSum(directory)).toMatchObject({ sealed: [name], open: [], problems: [] });
  await writeFile(path, surql("", "DEFINE TABLE two;"));
  expect(await kinds(directory)).toEqual([`edited ${name}`]);
  // Sealing is no way to accept an edit.
  await recordInSum(directory, { seal: [name] });
  expect(await kinds(directory)).toEqual([`edited ${name}`]);
  expect(await recordInSum(directory, { seal: "all" })).toMatchObject({ accepted: [name] });
  expect(await kinds(directory)).toEqual([]);
});

it("does not list an open file that was taken away again", async () => {
  const directory = await migrationDirectory();
  const { path } = await createMigration({ directory, name: "one", now: new Date(0) });
  await rm(path);
  expect(await inspectSum(directory)).toMatchObject({ open: [], problems: [] });
});

it("names what was edited, removed, renamed, and added among sealed files", async () => {
  const directory = await sealedDirectory();
  const inDirectory = (name: string): string => join(directory, name);
  await writeFile(inDirectory(first), surql("", "DEFINE TABLE other;"));
  await rename(inDirectory(second), inDirectory("20260102_000000_renamed.surql"));
  await rm(inDirectory(third));
  await writeFile(inDirectory("20260102_120000_added.surql"), surql(""));
  await writeFile(inDirectory("20260104_000000_behind.surql"), surql(""));
  expect(await kinds(directory)).toEqual([
    `edited ${first}`,
    `renamed ${second}`,
    `removed ${third}`,
    "added 20260102_120000_added.surql",
  ]);
  expect(await inspectSum(directory)).toMatchObject({ unlisted: ["20260104_000000_behind.surql"] });
  // Listing the new one accepts none of it.
  await recordInSum(directory);
  expect(await kinds(directory)).toHaveLength(4);
});

it("takes CRLF for LF, in the sum and in the files", async () => {
  const directory = await sealedDirectory();
  for (const name of await readdir(directory)) {
    const text = await readFile(join(directory, name), "utf8");
    await writeFile(join(directory, name), text.replaceAll("\n", "\r\n"));
  }
  expect(await kinds(directory)).toEqual([]);
});

it("writes nothing anew over a line that was changed by hand", async () => {
  const directory = await sealedDirectory();
  const path = join(directory, "surql.sum");
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace(/^.*_second.*\n/m, ""));
  expect(await kinds(directory)).toEqual([`chain ${third}`, `added ${second}`]);
  const files = await readdir(directory);
  for (const attempt of [
    () => recordInSum(directory),
    () => createMigration({ directory, name: "one", now: new Date() }),
  ])
    expect(await caught(attempt())).toMatchObject({ code: "MIGRATION.SUM_MISMATCH" });
  expect(await readdir(directory)).toEqual(files);
  await recordInSum(directory, { seal: "all" });
  expect(await readFile(path, "utf8")).toBe(text);
});

it.each([0, 6])(
  "conflicts in git when two branches add a file, %i months apart",
  async (months) => {
    const directory = await sealedDirectory();
    const git = async (...argv: readonly string[]): Promise<unknown> =>
      promisify(execFile)("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...argv], {
        cwd: directory,
      });
    const commit = async (date: Date, name: string): Promise<void> => {
      await createMigration({ directory, name, now: date, up: ["DEFINE TABLE x"] });
      await git("add", "-A");
      await git("commit", "-qm", name);
    };
    await git("init", "-qb", "main");
    await git("add", "-A");
    await git("commit", "-qm", "base");
    await git("checkout", "-qb", "theirs");
    await commit(new Date(Date.UTC(2026, 2, 1)), "theirs");
    await git("checkout", "-q", "main");
    await commit(new Date(Date.UTC(2026, 2 + months, 1, 1)), "ours");
    await expect(git("merge", "-q", "theirs")).rejects.toThrow();
    const error = await caught(inspectSum(directory));
    expect(error).toMatchObject({ code: "MIGRATION.SUM_UNREADABLE", meta: { fault: "conflict" } });
    expect(error.nextActions.join()).toContain("surql migrate hash");
    expect((await caught(recordInSum(directory))).code).toBe("MIGRATION.SUM_UNREADABLE");
    const { sealed, accepted } = await recordInSum(directory, { seal: "all" });
    expect([sealed.length, accepted]).toEqual([2, []]);
    expect(await kinds(directory)).toEqual([]);
  },
);

it("says that a sum cannot be read", async () => {
  const directory = await sealedDirectory();
  const path = join(directory, "surql.sum");
  await writeFile(path, "something else\n");
  expect(await caught(inspectSum(directory))).toMatchObject({
    code: "MIGRATION.SUM_UNREADABLE",
    meta: { line: 1, fault: "invalid" },
  });
  await rm(path);
  await mkdir(path);
  expect((await caught(inspectSum(directory))).code).toBe("MIGRATION.FILE_UNREADABLE");
});

it("loses no file of two programs that write at once", async () => {
  const directory = await migrationDirectory();
  const now = new Date(0);
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => createMigration({ directory, name: `m${n}`, now })),
  );
  expect((await inspectSum(directory))?.open).toHaveLength(12);
});

const checksum = fc.stringMatching(/^[0-9a-f]{64}$/);
const files = fc
  .uniqueArray(fc.record({ name: fc.stringMatching(/^[0-9]{4}_[a-z]{1,3}\.surql$/), checksum }), {
    minLength: 2,
    maxLength: 8,
    selector: ({ name }) => name,
  })
  .map((some) => some.toSorted((one, other) => (one.name < other.name ? -1 : 1)));

it("finds any edit, removal, addition and swap of files, and names the file", () => {
  fc.assert(
    fc.property(files, fc.nat(), checksum, fc.nat({ max: 3 }), (all, at, other, way) => {
      const sum = read(renderSum(all));
      expect(checkSum(sum, all).problems).toEqual([]);
      const [index, next] = [at % all.length, (at + 1) % all.length];
      const file = all[index]!;
      const swapped = all[next]!;
      fc.pre(all.every((one) => one.checksum !== other) && file.checksum !== swapped.checksum);
      const changed: readonly (readonly SummedFile[])[] = [
        all.with(index, { ...file, checksum: other }),
        all.toSpliced(index, 1),
        [...all, { name: `${file.name.slice(0, -6)}.js`, checksum: other }],
        all
          .with(index, { ...file, checksum: swapped.checksum })
          .with(next, { ...swapped, checksum: file.checksum }),
      ];
      const { problems, unlisted } = checkSum(sum, changed.at(way)!);
      const named = [...problems.map((problem) => problem.file), ...unlisted].toSorted();
      const expected = [
        [file.name],
        [file.name],
        [`${file.name.slice(0, -6)}.js`],
        [file.name, swapped.name],
      ];
      expect(new Set(named)).toEqual(new Set(expected.at(way)));
    }),
    { seed: 1 },
  );
});

it("finds any line of the sum that was changed, removed, added or swapped", () => {
  fc.assert(
    fc.property(files, fc.nat(), checksum, fc.nat({ max: 3 }), (all, at, other, way) => {
      const rows = renderSum(all).trimEnd().split("\n");
      const index = 1 + (at % all.length);
      const row = rows.at(index)!;
      const file = all[index - 1]!;
      fc.pre(file.checksum !== other);
      const next = index === all.length ? 1 : index + 1;
      const changed = [
        rows.with(index, row.replace(file.checksum, other)),
        rows.toSpliced(index, 1),
        rows.toSpliced(index, 0, row),
        rows.with(index, rows.at(next)!).with(next, row),
      ];
      const { problems } = checkSum(read(changed.at(way)!.join("\n")), all);
      expect(problems.map((problem) => problem.file)).toContain(
        way === 3 ? all[Math.min(index, next) - 1]!.name : file.name,
      );
    }),
    { seed: 1 },
  );
});

function read(text: string): Sum {
  const sum = parseSum(text);
  if ("fault" in sum) throw new Error(`line ${sum.line} is not read`);
  return sum;
}
