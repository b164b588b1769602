import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { connect } from "@surql/connection";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../server/listen.ts";
import type { TestServer } from "../server/listen.ts";

const run = promisify(execFile);
const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
const packageFolder = fileURLToPath(new URL("../../packages/connection", import.meta.url));
const clientScript = fileURLToPath(new URL("tls-client.js", import.meta.url));

function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"]);
    return true;
  } catch {
    return false;
  }
}

// Node can read certificates but not make them.
describe.skipIf(!hasOpenssl()).each(["wss", "https"] as const)("over %s", (scheme) => {
  let folder: string;
  let server: TestServer;
  let url: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "surql-tls-"));
    await run(
      "openssl",
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1".split(
        " ",
      ),
      { cwd: folder },
    );
    const [key, cert] = await Promise.all(
      ["key.pem", "cert.pem"].map((name) => readFile(join(folder, name), "utf8")),
    );
    server = await listen({ tls: { key: key ?? "", cert: cert ?? "" } });
    url = scheme === "wss" ? server.url : server.httpUrl;
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, maxRetries: 10 });
  });

  it("refuses a certificate that nobody vouches for", async () => {
    await expect(connect({ url, namespace: "a", database: "b" })).rejects.toMatchObject({
      code: "CONNECTION.UNREACHABLE",
      meta: { reason: expect.stringContaining("self-signed certificate") as string },
    });
  });

  it("connects when the certificate is trusted", async () => {
    // Node reads its certificates when it starts, and a process of its own needs compiled code.
    await run(process.execPath, [tsc, "--build", packageFolder]);
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, "cert.pem") };
    const { stdout } = await run(process.execPath, [clientScript, url], { env });
    expect(JSON.parse(stdout)).toEqual({ results: [[1, 2]], url });
  });
});
