/** What a migration says of itself, as module migrations export it under the name `metadata`. */
export interface MigrationMetadata {
  readonly version: string;
  readonly description: string;
  readonly author?: string | undefined;
  /** The parents. Without them, the previous version in text order; two make a merge. */
  readonly dependsOn?: readonly string[] | undefined;
  /** Of a squash: the versions that it stands for, its own among them. Their files are not read beside it. */
  readonly replaces?: readonly string[] | undefined;
  /** Why there is no way back. */
  readonly irreversible?: string | undefined;
  /** `none` for statements that cannot be in a transaction. */
  readonly transaction?: "required" | "none" | undefined;
}

/** What a file declares; what it leaves out comes from its name. */
export type DeclaredMetadata = Partial<MigrationMetadata>;

/** One declaration as it was found. */
export interface Declaration {
  readonly word: string;
  readonly value: unknown;
  /** Where it stands in the file, if that is known. */
  readonly start?: number | undefined;
}

/** A declared value that cannot be used. */
export interface MetadataFault {
  readonly key: keyof MigrationMetadata;
  readonly fault: string;
  readonly start: number | undefined;
}

const keys: ReadonlyMap<string, keyof MigrationMetadata> = new Map([
  ["version", "version"],
  ["description", "description"],
  ["author", "author"],
  ["dependson", "dependsOn"],
  ["replaces", "replaces"],
  ["irreversible", "irreversible"],
  ["transaction", "transaction"],
]);

/** The key that a word stands for: `depends_on`, `dependsOn` and `Depends-On` are one. */
export function metadataKey(word: string): keyof MigrationMetadata | undefined {
  return keys.get(word.toLowerCase().replace(/[\s_-]/g, ""));
}

/** Reads declared values, whatever they are. Unknown keys are ignored; of a repeated one the last counts. */
export function readMetadata(declarations: readonly Declaration[]): {
  readonly metadata: DeclaredMetadata;
  readonly faults: readonly MetadataFault[];
} {
  const metadata: Partial<Record<keyof MigrationMetadata, unknown>> = {};
  const faults: MetadataFault[] = [];
  for (const { word, value, start } of declarations) {
    const key = metadataKey(word);
    if (key === undefined || value === undefined) continue;
    const fault = faultOf(key, value);
    if (fault !== undefined) faults.push({ key, fault, start });
    else metadata[key] = typeof value === "string" ? value.trim().replace(/\s+/g, " ") : value;
  }
  return { metadata: withoutBlanks(metadata), faults };
}

function faultOf(key: keyof MigrationMetadata, value: unknown): string | undefined {
  if (isList(key)) {
    const isValid = Array.isArray(value) && value.every((one) => isVersion(one));
    return isValid ? undefined : "is not a list of versions";
  }
  if (typeof value !== "string") return "is not a string";
  if (key === "version" && value.trim() !== "" && !isVersion(value.trim())) {
    return "holds a space or a character that no file name can have";
  }
  if (key === "irreversible" && value.trim() === "") return "gives no reason";
  if (key === "transaction" && !/^(none|required)$/.test(value.trim())) {
    return "is neither `none` nor `required`";
  }
  return undefined;
}

/** Whether the value of a key is a list of versions. */
export function isList(key: keyof MigrationMetadata | undefined): boolean {
  return key === "dependsOn" || key === "replaces";
}

function isVersion(value: unknown): boolean {
  return typeof value === "string" && /^[^\s/\\:*?"'<>|,[\]\p{Cc}]+$/u.test(value);
}

function withoutBlanks(
  metadata: Partial<Record<keyof MigrationMetadata, unknown>>,
): DeclaredMetadata {
  const given = Object.entries(metadata).filter(([, value]) => value !== "");
  return Object.fromEntries(given) as DeclaredMetadata;
}
