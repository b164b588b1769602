import { readFile, readdir, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import Init from "../../src/commands/init.ts";
import DbPing from "../../src/commands/db/ping.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

it("writes a configuration and a directory, and says what to do next", async () => {
  const run = await runCommand(Init);
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  expect(run.stdout).toContain("created surql.config.json");
  expect(run.stdout).toContain("surql migrate create");
  expect(JSON.parse(await readFile("surql.config.json", "utf8"))).toEqual({
    url: "surrealkv://.surql/database",
    namespace: "development",
    database: "main",
    directory: "migrations",
    preserve: true,
  });
  expect(await readdir("migrations")).toEqual([]);
  expect(await readFile(".surql/.gitignore", "utf8")).toBe("*\n");
});

it("never overwrites", async () => {
  await writeFile("surql.config.yaml", "namespace: mine\n");
  const { document } = await runJson(Init);
  expect(document).toEqual({
    created: ["migrations", ".surql/.gitignore"],
    kept: ["surql.config.yaml"],
  });
  expect(await readFile("surql.config.yaml", "utf8")).toBe("namespace: mine\n");
  const again = await runJson(Init);
  expect(again.document).toMatchObject({ created: [] });
});

it("writes a TypeScript configuration that is read back", async () => {
  await runCommand(
    Init,
    "--type",
    "ts",
    "--url",
    "mem://",
    "--namespace",
    "a b",
    "--database",
    "c",
  );
  expect(await readFile("surql.config.ts", "utf8")).toContain("satisfies Configuration;");
  const { document, stderr } = await runJson(DbPing);
  expect(stderr).toBe("");
  expect(document).toMatchObject({ ok: true, namespace: "a b", database: "c", store: "mem" });
});

it("refuses to write a password to a file", async () => {
  const run = await runJson(Init, "--url", "ws://root:hunter2@localhost:8000");
  expect(run.exitCode).toBe(2);
  expect(run.document).toMatchObject({ error: { code: "CONFIG.INVALID" } });
  expect(run.stdout + run.stderr).not.toContain("hunter2");
  expect(await readdir(".")).toEqual([]);
});
