import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { placeOf } from "./example.ts";
import { findExamples, root } from "./find-examples.ts";
import { writeDocstrings, writePages } from "./write-examples.ts";

it("has examples whose types are right", async () => {
  const folder = await mkdtemp(join(tmpdir(), "surql-types-"));
  const { docstrings, pages } = await findExamples();
  const code = pages.filter(({ language }) => language === "ts");
  const written = {
    docstrings: await writeDocstrings(join(folder, "docstrings"), docstrings),
    pages: await writePages(join(folder, "pages"), code, "ws://localhost:8000"),
  };
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(root, "tsconfig.test.json"),
      compilerOptions: {
        typeRoots: [join(root, "node_modules/@types")],
        rewriteRelativeImportExtensions: false,
      },
      include: ["."],
    }),
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [tsc, "--project", folder],
      { cwd: root, maxBuffer: 2 ** 26 },
      (_error, out) => resolve(out),
    );
  });
  const named = Object.values(written)
    .flat()
    .reduce((text, { path, example }) => {
      return text.replaceAll(relative(root, path), placeOf(example));
    }, output);
  expect(named).toBe("");
  await rm(folder, { recursive: true, maxRetries: 10 });
}, 240_000);
