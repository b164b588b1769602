import type { AttributeChange, SchemaChange, SchemaDifference } from "./difference.ts";

const signs = { added: "+", removed: "-", modified: "~" } as const;
/** Kinds that a path tells by itself. */
const told = new Set(["table", "field", "function", "param"]);

/**
 * Writes a difference as text for people, one line for each change; nothing when there is none.
 *
 * @example
 * ```ts
 * const before = await createSnapshot(db, { version: "20260109_120000" });
 * await db.query(`
 *   DEFINE FIELD OVERWRITE bio ON user TYPE string DEFAULT 'none yet';
 *   DEFINE INDEX bio_idx ON user FIELDS bio;
 *   REMOVE INDEX email_idx ON user`);
 * const after = await createSnapshot(db, { version: "live" });
 * renderDifference(compareSnapshots(before, after));
 * // ~ user.bio: + default 'none yet', type option<string> → string
 * // + user.bio_idx (index)
 * // - user.email_idx (index)
 * ```
 */
export function renderDifference({ changes }: SchemaDifference): string {
  return changes.map(renderChange).join("\n");
}

function renderChange({ change, kind, path, attributes = [] }: SchemaChange): string {
  const shownKind = told.has(kind) || path.startsWith(`${kind} `) ? "" : ` (${kind})`;
  const details = attributes.map(renderAttribute).join(", ");
  return visible(`${signs[change]} ${path}${shownKind}${details === "" ? "" : `: ${details}`}`);
}

function renderAttribute({ attribute, before, after }: AttributeChange): string {
  if (before === undefined) return `+ ${attribute} ${after}`.trimEnd();
  if (after === undefined) return `- ${attribute} ${before}`.trimEnd();
  return `${attribute} ${before} → ${after}`;
}

/** Control characters, which names and definitions may hold, would break lines or steer a terminal. */
function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) =>
    JSON.stringify(character).slice(1, -1),
  );
}
