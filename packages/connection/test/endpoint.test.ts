import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEndpoint } from "../src/endpoint.ts";

describe("a database URL", () => {
  it.each([
    ["ws://localhost:8000", "ws://localhost:8000/", "ws://localhost:8000", true],
    [
      "HTTPS://db.example.com/rpc?x=1",
      "https://db.example.com/rpc?x=1",
      "https://db.example.com/rpc",
      false,
    ],
    ["http://[::1]:80/a/", "http://[::1]/a/", "http://[::1]/a/", false],
  ])("%s leads to a server", (text, url, shown, socket) => {
    expect(parseEndpoint(text)).toMatchObject({ engine: "remote", url, shown, socket });
  });

  it.each([
    ["mem://", "mem", "", ""],
    ["surrealkv://.surql/my store", "surrealkv", ".surql/my store", ""],
    ["rocksdb:///var/db#1?sync=never", "rocksdb", "/var/db#1", "?sync=never"],
    [String.raw`SurrealKV://C:\data\x`, "surrealkv", String.raw`C:\data\x`, ""],
  ])("%s leads to a store, its path as it was written", (text, store, path, parameters) => {
    expect(parseEndpoint(text)).toMatchObject({ engine: "embedded", store, path, parameters });
  });

  it.each([
    ["localhost:8000", "CONNECTION.BAD_URL"],
    ["", "CONNECTION.BAD_URL"],
    ["ws://", "CONNECTION.BAD_URL"],
    ["ws://user:hunter2@host:port", "CONNECTION.BAD_URL"],
    ["user:hunter2@host//x", "CONNECTION.BAD_URL"],
    ["ws://root:8/hunter2@host", "CONNECTION.BAD_URL"],
    ["surrealkv://", "CONNECTION.BAD_URL"],
    ["rocksdb://?sync=never", "CONNECTION.BAD_URL"],
    ["postgres://user:hunter2@host", "CONNECTION.UNKNOWN_SCHEME"],
    ["surrealkv+versioned://x", "CONNECTION.UNKNOWN_SCHEME"],
  ])("%j is refused as wrong use, without a secret", (text, code) => {
    const error = thrownBy(() => parseEndpoint(text));
    expect(error).toMatchObject({ code, category: "usage" });
    expect(JSON.stringify(error)).not.toContain("hunter2");
  });

  it("hands out its credentials, whatever is in them, and shows none of them", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.uuid(), (username, password) => {
        const credentials = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
        const endpoint = parseEndpoint(`ws://${credentials}@localhost`);
        expect(endpoint).toMatchObject({ username, password, url: "ws://localhost/" });
        expect(endpoint.shown).toBe("ws://localhost");
      }),
      { seed: 1 },
    );
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
