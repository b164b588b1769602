import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Command } from "@oclif/core";
import { describe, expect, it } from "vitest";
import { DatabaseCommand } from "../src/database-command.ts";

const commands = join(import.meta.dirname, "../src/commands");
const files = (await readdir(commands, { recursive: true })).filter((name) => name.endsWith(".ts"));
const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");
const rows = readme.split("\n").filter((line) => line.startsWith("| `surql "));

/** The words of a command, by its file. */
function nameOf(file: string): string {
  return relative(commands, join(commands, file)).replace(/\.ts$/, "").replaceAll(/[/\\]/g, " ");
}

describe("the README", () => {
  it("lists every command, and no other", () => {
    const listed = rows.map((row) => /`surql ([a-z -]+?)(?: [A-Z[].*)?`/.exec(row)?.[1]);
    expect(new Set(listed)).toEqual(new Set(files.map(nameOf)));
  });

  it.each(files.map((file) => [nameOf(file), file]))(
    "names the flags of %s",
    async (name, file) => {
      const { default: command } = (await import(join(commands, file))) as {
        default: typeof Command;
      };
      const row = rows.find((line) => new RegExp(`\`surql ${name}[ \`]`).test(line)) ?? "";
      const flags = [...row.matchAll(/--([a-z-]+)/g)].map(([, flag]) => flag);
      const own = Object.keys(command.flags ?? {});
      expect(new Set(flags)).toEqual(new Set(own));
      expect([...row.matchAll(/\b[A-Z]{2,}\b/g)].map(([word]) => word.toLowerCase())).toEqual(
        Object.keys(command.args),
      );
    },
  );
});

it("has the flags of the contract for the connection", () => {
  const connection = "url namespace database username password token auth-level".split(" ");
  expect(new Set(Object.keys(DatabaseCommand.baseFlags))).toEqual(
    new Set([...connection, "directory", "format", "json"]),
  );
});
