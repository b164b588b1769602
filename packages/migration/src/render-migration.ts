import { tokenize } from "@surql/surrealql";
import type { DeclaredMetadata } from "./metadata.ts";

/** What is written into a new file. */
export interface NewMigration {
  readonly metadata: DeclaredMetadata;
  /** Each may hold several statements. `undefined` leaves a place to write them. */
  readonly up?: readonly string[] | undefined;
  readonly down?: readonly string[] | undefined;
}

// No quote and no semicolon in these: the Rust port looks for both even in comments.
const upHint = "Write the statements here";
const downHint = "Write here what undoes them, in reverse order";

/** A migration in the format that the other ports of surql read, too. */
export function renderSurql({ metadata, up, down }: NewMigration): string {
  const { version, description, author, dependsOn = [], replaces = [] } = metadata;
  return [
    "-- @metadata",
    `-- version: ${version}`,
    `-- description: ${description}`,
    ...(author === undefined ? [] : [`-- author: ${author}`]),
    ...(dependsOn.length === 0 ? [] : [`-- depends_on: [${dependsOn.join(", ")}]`]),
    ...(replaces.length === 0 ? [] : [`-- replaces: [${replaces.join(", ")}]`]),
    "-- @up",
    ...(up?.map(terminated) ?? [`-- ${upHint}`]),
    "-- @down",
    ...(down?.map(terminated) ?? [`-- ${downHint}`]),
    "",
  ].join("\n");
}

/** A statement with a semicolon after its last token, which a comment may follow. */
function terminated(statement: string): string {
  const text = statement.trim();
  const tokens = tokenize(text).filter(({ kind }) => kind !== "whitespace");
  const last = tokens.findLast(({ kind }) => kind !== "comment");
  if (last === undefined || last.text === ";") return text;
  return `${text.slice(0, last.end)};${text.slice(last.end)}`;
}

/** A migration as a module. */
export function renderModule({ metadata, up, down }: NewMigration, language: "ts" | "js"): string {
  const type = language === "ts" ? ": string[]" : "";
  const entries = Object.entries(metadata).filter(([, value]) => value !== undefined);
  return [
    "export const metadata = {",
    ...entries.map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`),
    "};",
    "",
    `export function up()${type} {`,
    "  return [",
    ...listItems(up, upHint),
    "  ];",
    "}",
    "",
    `export function down()${type} {`,
    "  return [",
    ...listItems(down, downHint),
    "  ];",
    "}",
    "",
  ].join("\n");
}

function listItems(texts: readonly string[] | undefined, hint: string): readonly string[] {
  return texts?.map((text) => `    ${templateLiteral(text.trim())},`) ?? [`    // ${hint}`];
}

function templateLiteral(text: string): string {
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, "\\$&").replaceAll("\r", "\\r")}\``;
}
