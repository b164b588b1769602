import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolveSettings } from "../../src/configuration/resolve-settings.ts";
import type { Configuration } from "../../src/configuration/setting.ts";
import type { Settings } from "../../src/configuration/settings.ts";
import { inEmptyFolder } from "../run-command.ts";

inEmptyFolder();

const resolve = (
  flags: Configuration = {},
  environment: Record<string, string> = {},
  folder = process.cwd(),
): Promise<Settings> => resolveSettings(flags, environment, folder);

describe("the order of sources", () => {
  it("is flag, environment, .env, configuration file, default", async () => {
    const sources = {
      flag: { namespace: "flag" },
      environment: { SURQL_NAMESPACE: "environment" },
    };
    expect((await resolve()).namespace).toBe("development");
    await writeFile("surql.config.json", `{"namespace":"file"}`);
    expect((await resolve()).namespace).toBe("file");
    await writeFile(".env", "SURQL_NAMESPACE=dotenv\n");
    expect((await resolve()).namespace).toBe("dotenv");
    expect((await resolve({}, sources.environment)).namespace).toBe("environment");
    expect((await resolve(sources.flag, sources.environment)).namespace).toBe("flag");
  });

  it("is decided setting by setting, and an empty variable says nothing", async () => {
    await writeFile("surql.config.json", `{"url":"mem://","namespace":"file","database":"file"}`);
    const settings = await resolve({}, { SURQL_DATABASE: "environment", SURQL_NAMESPACE: "" });
    expect(settings).toMatchObject({ url: "mem://", namespace: "file", database: "environment" });
  });
});

describe("the configuration file", () => {
  it.each([
    ["surql.config.json", `{"namespace":"n"}`],
    ["surql.config.yaml", "namespace: n\n"],
    ["surql.config.mjs", `export default { namespace: "n" };`],
    ["surql.config.js", `module.exports = { namespace: "n" };`],
    ["surql.config.ts", `const namespace: string = "n"; export default { namespace };`],
    ["package.json", `{"name":"p","surql":{"namespace":"n"}}`],
  ])("may be %s", async (name, text) => {
    await writeFile(name, text);
    expect(await resolve()).toMatchObject({ namespace: "n", root: process.cwd() });
  });

  it("is found from a folder below, and its paths start where it stands", async () => {
    await mkdir("src/deep", { recursive: true });
    await writeFile("surql.config.json", `{"url":"surrealkv://data/db","directory":"db"}`);
    const settings = await resolve({}, {}, join(process.cwd(), "src/deep"));
    expect(settings).toMatchObject({
      root: process.cwd(),
      url: `surrealkv://${join(process.cwd(), "data/db")}`,
      directory: join(process.cwd(), "db"),
    });
  });

  it("leaves paths of flags and environment to the working directory", async () => {
    await mkdir("src");
    await writeFile("surql.config.json", "{}");
    const folder = join(process.cwd(), "src");
    const settings = await resolve({ directory: "x" }, { SURQL_URL: "rocksdb://y" }, folder);
    expect(settings).toMatchObject({
      directory: join(folder, "x"),
      url: `rocksdb://${join(folder, "y")}`,
    });
  });

  it.each([
    ["an unknown setting", `{"nmespace":"n"}`, "CONFIG.INVALID", "nmespace"],
    ["a wrong type", `{"namespace":1}`, "CONFIG.INVALID", "namespace"],
    ["an empty text", `{"url":""}`, "CONFIG.INVALID", "url"],
    ["a wrong level", `{"authLevel":"rot"}`, "CONFIG.INVALID", "authLevel"],
    ["a text", `"mem://"`, "CONFIG.INVALID", "must be an object"],
    ["broken JSON", `{"password":"hunter2",}`, "CONFIG.UNREADABLE", "surql.config.json"],
  ])("with %s names file and key", async (_case, text, code, words) => {
    await writeFile("surql.config.json", text);
    const error = await resolve().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code, category: "usage" });
    expect((error as Error).message).toContain("surql.config.json");
    expect((error as Error).message).toContain(words);
    expect(JSON.stringify(error)).not.toContain("hunter2");
  });

  it.each([
    ["surql.config.yaml", "password: hunter2\nurl: [", "line 2"],
    ["surql.config.mjs", "throw new Error('no');", "no"],
    ["surql.config.ts", "export default {{;", "surql.config.ts"],
  ])("%s that cannot be read says where", async (name, text, words) => {
    await writeFile(name, text);
    const error = await resolve().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: "CONFIG.UNREADABLE", category: "usage" });
    expect(JSON.stringify(error)).toContain(words);
    expect(JSON.stringify(error)).not.toContain("hunter2");
  });
});

describe("the environment", () => {
  it("is named in an error, its values are not", async () => {
    const error = resolve({}, { SURQL_AUTH_LEVEL: "hunter2" });
    await expect(error).rejects.toMatchObject({
      code: "CONFIG.INVALID",
      message: expect.stringContaining("SURQL_AUTH_LEVEL"),
    });
    await expect(error).rejects.not.toThrow("hunter2");
  });
});

describe("credentials", () => {
  const user = { SURQL_USERNAME: "ada", SURQL_PASSWORD: "hunter2" };

  it("may come from several sources", async () => {
    await writeFile(".env", "SURQL_PASSWORD=hunter2\n");
    const { credentials } = await resolve({ username: "ada", authLevel: "database" });
    expect(credentials).toEqual({ username: "ada", password: "hunter2", authLevel: "database" });
  });

  it("of an earlier source replace those of another kind in a later one", async () => {
    await writeFile("surql.config.json", `{"token":"t"}`);
    expect((await resolve({}, user)).credentials).toEqual({ username: "ada", password: "hunter2" });
    expect((await resolve({ token: "u" }, user)).credentials).toEqual({ token: "u" });
  });

  it.each([
    [{ username: "ada" }],
    [{ password: "hunter2" }],
    [{ username: "ada", password: "hunter2", token: "t" }],
  ])("that are not whole are refused: %j", async (flags) => {
    const error = resolve(flags);
    await expect(error).rejects.toMatchObject({ code: "CONFIG.INVALID_CREDENTIALS" });
    await expect(error).rejects.not.toThrow("hunter2");
  });
});
