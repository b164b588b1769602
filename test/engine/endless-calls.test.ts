import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** Runs SurrealQL in an engine in a process of its own. */
function runAlone(sql: string): { readonly signal: string | null; readonly stdout: string } {
  const script = `
    import { Surreal } from "surrealdb";
    import { createNodeEngines } from "@surrealdb/node";
    const db = new Surreal({ engines: createNodeEngines() });
    await db.connect("mem://");
    await db.use({ namespace: "test", database: "test" });
    const answers = await db.query(${JSON.stringify(sql)}).responses();
    console.log(answers.at(-1).error?.message ?? answers.at(-1).result);
    process.exit(0);`;
  const { signal, stdout } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { cwd: import.meta.dirname, encoding: "utf8", timeout: 60_000 },
  );
  return { signal, stdout: stdout.trim() };
}

const sum =
  "DEFINE FUNCTION fn::sum($n: int) { IF $n <= 0 { RETURN 0 }; RETURN $n + fn::sum($n - 1) };";

test.each([
  ["a function that calls itself", "DEFINE FUNCTION fn::a() { fn::a() }; RETURN fn::a();"],
  ["a closure that is given itself", "LET $f = |$g: any| $g($g); RETURN $f($f);"],
  ["one that would end, after a thousand calls", `${sum} RETURN fn::sum(1000);`],
])("%s kills the engine and its process", (_what, sql) => {
  expect(runAlone(sql).signal).toMatch(/^SIG(?:SEGV|BUS|ABRT|ILL)$/);
});

test("what ends before, or goes through a built-in function, does not", () => {
  expect(runAlone(`${sum} RETURN fn::sum(50);`).stdout).toBe("1275");
  const { stdout } = runAlone("LET $f = |$g: any| [$g].map($g); RETURN $f($f);");
  expect(stdout).toContain("excessive computation depth");
});
