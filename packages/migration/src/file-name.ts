import { basename, extname } from "node:path";
import type { MigrationProblem } from "./migration-problem.ts";
import { invalidName, reservedVersion, versionMismatch } from "./problems.ts";

const extensions = new Set([".surql", ".ts", ".mts", ".js", ".mjs"]);

/** Says whether a file of this name is a migration, or is meant to be one. */
export function isMigrationFile(name: string): boolean {
  return extensions.has(extname(name)) && !/^[_.]|\.d\.m?ts$/.test(name);
}

/** Says whether a file name has the form `VERSION_description`, whatever its version may be. */
export function hasDescription(path: string): boolean {
  return /_.*[^_]/.test(stemOf(path));
}

/** What a file is called: its version and its description, or why it has none. */
export type FileIdentity =
  | { readonly version: string; readonly description: string }
  | { readonly problem: MigrationProblem };

/**
 * The version and the description of a file. Its name must begin with the version that it declares.
 *
 * Without a declared version, it is the `YYYYMMDD_HHMMSS` that the name begins with, or else
 * everything before the first `_`, if that begins with a digit or with `v` and a digit.
 */
export function identify(path: string, declared: string | undefined): FileIdentity {
  const stem = stemOf(path);
  const version = declared ?? versionIn(stem);
  if (version === undefined || stem === version || !hasDescription(path)) {
    return { problem: invalidName(path) };
  }
  if (!stem.startsWith(`${version}_`)) return { problem: versionMismatch(path, version) };
  if (/^(base|live)$/i.test(version)) return { problem: reservedVersion(path, version) };
  return { version, description: stem.slice(version.length).replace(/[_-]+/g, " ").trim() };
}

function versionIn(stem: string): string | undefined {
  const timestamp = /^\d{8}_\d{6}(?=_)/.exec(stem);
  // Eight digits and then others are a timestamp that was mistyped, not a version of its own.
  if (timestamp === null && /^\d{8}_\d+(_|$)/.test(stem)) return undefined;
  return (timestamp ?? /^v?\d[^_]*(?=_)/.exec(stem))?.[0];
}

function stemOf(path: string): string {
  return basename(path, extname(path));
}
