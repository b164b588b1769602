import type { Database } from "surql";

/** Why statements failed, by their texts; they run one after the other, in one round trip, whatever becomes of them. */
export async function failuresOf(
  db: Database,
  texts: readonly string[],
): Promise<readonly string[]> {
  if (texts.length === 0) return [];
  const responses = await db.client.query(texts.map((text) => `${text};\n`).join("")).responses();
  return texts.flatMap((text, at) => {
    const response = responses[at];
    if (response?.success === true) return [];
    return [`${text}: ${response === undefined ? "no answer" : response.error.message}`];
  });
}
