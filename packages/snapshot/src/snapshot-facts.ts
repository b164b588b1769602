/** What a snapshot says about its schema. */
export interface SnapshotFacts {
  readonly version: string;
  readonly createdAt: string;
  readonly migrationCount: number;
  readonly checksum: string;
  readonly engineVersion?: string | undefined;
}

const checksumShape = /^[0-9a-f]{64}$/;

/**
 * Reads what a row or a file, which anybody may have written, says about a snapshot.
 *
 * @param problems Receives what keeps it from being used; without an addition to it, the facts are right.
 */
export function readFacts(
  source: Readonly<Record<string, unknown>>,
  problems: string[],
): SnapshotFacts {
  const expect = <T>(
    name: keyof SnapshotFacts,
    what: string,
    fits: (value: unknown) => value is T,
  ): T => {
    const value = source[name];
    if (!fits(value))
      problems.push(`${name} is ${value === undefined ? "missing" : `not ${what}`}`);
    return value as T;
  };
  const facts = {
    version: expect("version", "a text", isText),
    createdAt: isoTime(expect("createdAt", "a point in time", isTime)),
    migrationCount: expect("migrationCount", "a count", isCount),
    checksum: expect("checksum", "a SHA-256 in hexadecimal", isChecksum),
  };
  if (source["engineVersion"] === undefined) return facts;
  return { ...facts, engineVersion: expect("engineVersion", "a text", isText) };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isTime(value: unknown): value is string {
  return isText(value) && !Number.isNaN(Date.parse(value));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isChecksum(value: unknown): value is string {
  return isText(value) && checksumShape.test(value);
}

function isoTime(text: string): string {
  return isTime(text) ? new Date(text).toISOString() : text;
}
