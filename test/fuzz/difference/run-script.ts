import type { Database } from "surql";

/** Runs statements one after the other, in one round trip. Why each failed, in order; `undefined` for those that did not. */
export async function failuresOf(
  db: Database,
  texts: readonly string[],
): Promise<readonly (string | undefined)[]> {
  if (texts.length === 0) return [];
  const responses = await db.client.query(texts.map((text) => `${text};\n`).join("")).responses();
  return texts.map((_, at) => {
    const response = responses[at];
    if (response?.success === true) return undefined;
    return response === undefined ? "no answer" : response.error.message;
  });
}
