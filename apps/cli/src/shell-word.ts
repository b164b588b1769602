const plain = /^[A-Za-z0-9_./:=@%+-]+$/;

/** A text as one word of a command, for a shell. Pure. */
export function shellWord(text: string): string {
  return plain.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
