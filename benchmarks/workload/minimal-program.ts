import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const oclif = fileURLToPath(new URL(".", import.meta.resolve("@oclif/core/package.json")));

const start = `import { execute } from "@oclif/core";
await execute({ dir: import.meta.url });
`;

const command = `import { Command } from "@oclif/core";
export default class Hello extends Command {
  async run() {
    this.log("hello");
  }
}
`;

const packageJson = {
  name: "minimal",
  version: "1.0.0",
  type: "module",
  oclif: { bin: "minimal", dirname: "minimal", commands: "./dist/commands" },
};

const manifest = {
  version: "1.0.0",
  commands: {
    hello: {
      id: "hello",
      pluginName: "minimal",
      pluginAlias: "minimal",
      pluginType: "core",
      isESM: true,
      relativePath: ["dist", "commands", "hello.js"],
      aliases: [],
      hiddenAliases: [],
      args: {},
      flags: {},
      hasDynamicHelp: false,
      enableJsonFlag: false,
      strict: true,
    },
  },
};

/**
 * Writes the smallest program that oclif makes, with one command and its manifest, on the `@oclif/core` that
 * ours runs on.
 *
 * @returns The file to start.
 */
export async function writeMinimalProgram(folder: string): Promise<string> {
  const write = async (path: readonly string[], text: string): Promise<void> => {
    const file = join(folder, ...path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  await write(["package.json"], JSON.stringify(packageJson));
  await write(["oclif.manifest.json"], JSON.stringify(manifest));
  await write(["bin", "run.js"], start);
  await write(["dist", "commands", "hello.js"], command);
  await mkdir(join(folder, "node_modules", "@oclif"), { recursive: true });
  await symlink(oclif, join(folder, "node_modules", "@oclif", "core"), "dir");
  return join(folder, "bin", "run.js");
}
