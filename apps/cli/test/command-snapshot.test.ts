import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "@oclif/core";
import { expect, it } from "vitest";

const commands = join(import.meta.dirname, "../src/commands");

/** What scripts may rely on: a change here is a change for everybody who wrote one. */
async function describeCommand(file: string): Promise<string> {
  const module = (await import(join(commands, file))) as { default: typeof Command };
  const { args, baseFlags, flags } = module.default;
  const words = Object.entries(args).map(([name, { required }]) =>
    required === true ? ` ${name.toUpperCase()}` : ` [${name.toUpperCase()}]`,
  );
  const lines = Object.entries({ ...baseFlags, ...flags }).map(([name, flag]) => {
    const { char, options } = flag as { char?: string; options?: readonly string[] };
    const short = char === undefined ? "" : `, -${char}`;
    return `  --${name}${short}${options === undefined ? "" : ` ${options.join("|")}`}`;
  });
  const name = file.replace(/\.ts$/, "").replaceAll(/[/\\]/g, " ");
  return [`surql ${name}${words.join("")}`, ...lines.toSorted(), ""].join("\n");
}

it("keeps commands, arguments and flags as they are", async () => {
  const files = (await readdir(commands, { recursive: true })).filter((name) =>
    name.endsWith(".ts"),
  );
  const described = await Promise.all(files.toSorted().map(describeCommand));
  await expect(described.join("\n")).toMatchFileSnapshot("command-snapshot.txt");
});
