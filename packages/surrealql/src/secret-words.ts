const clause = /^(password|passhash|passscram|key)$/i;
const name =
  /^(pass|pwd|authorization|.*(passw(or)?d|passhash|passphrase|secret|token|api_?key|private_?key))$/i;
const algorithm = /^((hs|rs|es|ps)\d{3}|eddsa)$/i;

/** Says whether a literal right after a word is a secret: `PASSWORD 'x'`, `HS512 VALUE 'x'`. */
export function namesSecretClause(word: string, before: string): boolean {
  return clause.test(word) || (/^value$/i.test(word) && algorithm.test(before));
}

/** Says whether what is assigned to a name is a secret: `password = 'x'`, `"api_key": 'x'`. */
export function namesSecretValue(word: string): boolean {
  return name.test(word);
}
