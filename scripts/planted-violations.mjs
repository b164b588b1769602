/**
 * @typedef {object} Violation
 * @property {string} check The name of the check that has to find it.
 * @property {Record<string, string | ((text: string) => string)>} files What to write, or to change, by path.
 * @property {readonly (readonly string[])[]} reports For each thing wrong, words that stand together in one
 *   paragraph of what the check prints.
 * @property {readonly string[]} [only] As in `checks.mjs`.
 */

const graph = "packages/graph/src";

/** @param {string} rule @param {string} file */
const lint = (rule, file) => [`(${rule})`, `${file}:`];

/**
 * One violation, at least, for every check of `npm test`.
 *
 * @type {readonly Violation[]}
 */
export const violations = [
  {
    check: "build",
    files: { "packages/errors/src/planted.ts": "export const planted: number = 'one';\n" },
    reports: [["src/planted.ts", "TS2322"]],
  },
  {
    check: "format",
    files: { [`${graph}/planted.ts`]: "export   const planted = 1\n" },
    reports: [[`${graph}/planted.ts`]],
  },
  {
    check: "lint",
    files: {
      [`${graph}/planted-promise.ts`]:
        "export function planted(): void {\n  Promise.resolve(1);\n}\n",
      [`${graph}/planted-default.ts`]: "export default 1;\n",
      [`${graph}/planted-console.ts`]: 'console.log("planted");\n',
      [`${graph}/planted-process.ts`]: "export const planted: string = process.cwd();\n",
      [`${graph}/planted-any.ts`]: "export const planted: any = 1;\n",
      [`${graph}/planted-locale.ts`]: 'export const planted: number = "a".localeCompare("b");\n',
      [`${graph}/planted-type.ts`]:
        'import { Versioned } from "./versioned.ts";\nexport type Planted = Versioned;\n',
      [`${graph}/planted-cycle.ts`]: 'export { planted } from "./planted-circle.ts";\n',
      [`${graph}/planted-circle.ts`]:
        'import { planted as other } from "./planted-cycle.ts";\nexport const planted: unknown = other;\n',
      [`${graph}/planted-length.ts`]: "// Planted\n".repeat(401),
      [`${graph}/plantedName.ts`]: "export const planted = 1;\n",
      "packages/safety-analyzer/src/planted.ts": 'export { VersionGraph } from "@surql/graph";\n',
      "apps/cli/src/planted.ts": 'export { VersionGraph } from "@surql/graph";\n',
    },
    reports: [
      lint("no-floating-promises", `${graph}/planted-promise.ts`),
      lint("no-default-export", `${graph}/planted-default.ts`),
      lint("no-console", `${graph}/planted-console.ts`),
      lint("no-restricted-globals", `${graph}/planted-process.ts`),
      lint("no-explicit-any", `${graph}/planted-any.ts`),
      lint("no-restricted-properties", `${graph}/planted-locale.ts`),
      lint("consistent-type-imports", `${graph}/planted-type.ts`),
      lint("no-cycle", `${graph}/planted-cycle.ts`),
      lint("max-lines", `${graph}/planted-length.ts`),
      lint("filename-case", `${graph}/plantedName.ts`),
      lint("no-restricted-imports", "packages/safety-analyzer/src/planted.ts"),
      lint("no-restricted-imports", "apps/cli/src/planted.ts"),
    ],
  },
  {
    check: "types",
    files: { "packages/errors/src/planted.ts": "export const planted: number = 'one';\n" },
    reports: [["packages/errors/src/planted.ts", "TS2322"]],
  },
  {
    check: "types of tests and scripts",
    files: {
      "packages/graph/test/planted.test.ts": "const planted: number = 'one';\nplanted.toFixed();\n",
      "scripts/planted.mjs": "/** @type {number} */\nexport const planted = 'one';\n",
    },
    reports: [
      ["packages/graph/test/planted.test.ts", "TS2322"],
      ["scripts/planted.mjs", "TS2322"],
    ],
  },
  {
    check: "import direction",
    files: {
      [`${graph}/planted-up.ts`]: 'export type { Database } from "@surql/connection";\n',
      [`${graph}/planted-out.ts`]: 'export { SurqlError } from "../../errors/src/index.ts";\n',
    },
    reports: [
      [`${graph}/planted-up.ts`, "@surql/connection", "not a dependency"],
      [`${graph}/planted-out.ts`, "leaves the package"],
    ],
  },
  {
    check: "import direction",
    files: { "packages/graph/package.json": (text) => addDependency(text, "@surql/connection") },
    reports: [["`@surql/connection`", "allowlist", "`@surql/graph`"]],
  },
  {
    check: "unused code",
    files: {
      [`${graph}/planted.ts`]: "export const planted = 1;\n",
      "packages/graph/src/heap.ts": (text) => `${text}\nexport const plantedExport = 1;\n`,
      "packages/graph/package.json": (text) => addDependency(text, "@surql/surrealql"),
    },
    reports: [
      ["Unused files", `${graph}/planted.ts`],
      ["Unused exports", "plantedExport"],
      ["Unused dependencies", "@surql/surrealql"],
    ],
  },
  {
    check: "undeclared dependencies",
    files: {
      "packages/graph/src/index.ts": (text) =>
        `${text}\nexport { test as planted } from "vitest";\n`,
    },
    reports: [["Unlisted dependencies", "vitest", "packages/graph/src/index.ts"]],
  },
  {
    check: "error codes",
    files: { [`${graph}/planted.ts`]: 'export const planted = { code: "GRAPH.PLANTED" };\n' },
    reports: [[`${graph}/planted.ts:1`, "GRAPH.PLANTED", "is not in docs/errors.md"]],
  },
  {
    check: "packages",
    only: ["@surql/errors"],
    files: {
      "packages/errors/package.json": (text) =>
        text.replace("./dist/index.d.ts", "./dist/nowhere.d.ts"),
      "packages/errors/src/planted.md": "# Planted\n",
      "packages/errors/dist/planted-stale.js": "export {};\n",
    },
    reports: [
      ["@surql/errors", "dist/nowhere.d.ts", "does not exist"],
      ["src/planted.md does not belong in the tarball"],
      ["dist/planted-stale.js has no source any more"],
    ],
  },
  {
    check: "packages alone",
    only: ["@surql/errors"],
    files: { "packages/errors/dist/index.js": 'export { planted } from "planted-package";\n' },
    reports: [["@surql/errors could not be used"], ["Cannot find package 'planted-package'"]],
  },
  {
    check: "tests",
    only: ["planted"],
    files: {
      "packages/graph/test/planted.test.ts":
        'import { expect, test } from "vitest";\ntest("planted", () => expect(1).toBe(2));\n',
      "packages/graph/test/planted-import.test.ts": 'import "./nowhere.ts";\n',
    },
    reports: [
      ["FAIL", "packages/graph/test/planted.test.ts", "expected 1 to be 2"],
      ["FAIL", "packages/graph/test/planted-import.test.ts", "nowhere.ts"],
    ],
  },
];

/** @param {string} manifest @param {string} name */
function addDependency(manifest, name) {
  const parsed = JSON.parse(manifest);
  parsed.dependencies[name] = "workspace:^";
  return JSON.stringify(parsed, undefined, 2);
}
