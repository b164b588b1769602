import { readAccessType, readAccessWith } from "./access-clauses.ts";
import { evaluated, evaluatedList, flag, literal, names, options } from "./clause-readers.ts";
import { perRecord, permissions, rights, stored, storedList } from "./clause-readers.ts";
import type { ClauseReader } from "./clause-readers.ts";
import { readDurations } from "./permissions.ts";
import { readMigration } from "./migration-clause.ts";
import { readMiddleware } from "./middleware-clause.ts";
import { readPathNames } from "./operand.ts";
import { eatSymbol, eatWords, isName, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import type { ObjectKind } from "./reading.ts";
import { skipType } from "./type.ts";

const COMMENT = evaluated;
const GRAPHQL = { GRAPHQL_ALIAS: literal, GRAPHQL_DEPRECATED: literal };

/** What each clause of each kind of definition takes, in 2.x, 3.x and 4.0. */
export const definitionClauses: Readonly<
  Record<ObjectKind, Readonly<Record<string, ClauseReader>>>
> = {
  namespace: { COMMENT },
  database: { COMMENT, STRICT: flag, CHANGEFEED: readChangefeed },
  table: {
    COMMENT,
    DROP: flag,
    SCHEMAFULL: flag,
    SCHEMALESS: flag,
    COMPACT: flag,
    TYPE: readTableType,
    CHANGEFEED: readChangefeed,
    // The rows of a view are computed as it is defined.
    AS: perRecord,
    PERMISSIONS: permissions,
    ...GRAPHQL,
  },
  field: {
    COMMENT,
    FLEXIBLE: flag,
    READONLY: flag,
    TYPE: (reader) => skipType(reader),
    VALUE: stored,
    ASSERT: stored,
    DEFAULT: readDefault,
    COMPUTED: stored,
    REFERENCE: readReference,
    PERMISSIONS: permissions,
    MIGRATE: readMigration,
    ...GRAPHQL,
  },
  index: {
    COMMENT,
    FIELDS: evaluatedList,
    UNIQUE: flag,
    COUNT: readCount,
    FULLTEXT: options("ANALYZER= BM25 HIGHLIGHTS"),
    SEARCH: options(
      "ANALYZER= BM25 VS HIGHLIGHTS DOC_IDS_ORDER DOC_LENGTHS_ORDER POSTINGS_ORDER TERMS_ORDER DOC_IDS_CACHE " +
        "DOC_LENGTHS_CACHE POSTINGS_CACHE TERMS_CACHE",
    ),
    HNSW: options(
      "DIMENSION DIST= DISTANCE= TYPE= EFC M M0 LM EXTEND_CANDIDATES KEEP_PRUNED_CONNECTIONS HASHED_VECTOR",
    ),
    DISKANN: options("DIMENSION DIST= DISTANCE= TYPE= DEGREE L_BUILD ALPHA HASHED_VECTOR"),
    MTREE: options(
      "DIMENSION DIST= DISTANCE= TYPE= CAPACITY DOC_IDS_ORDER DOC_IDS_CACHE MTREE_CACHE",
    ),
    CONCURRENTLY: flag,
    DEFER: flag,
    PREPARE: options("REMOVE"),
  },
  event: {
    COMMENT,
    WHEN: stored,
    THEN: storedList,
    ASYNC: flag,
    RETRY: literal,
    MAXDEPTH: literal,
  },
  function: { COMMENT, PERMISSIONS: rights, ...GRAPHQL },
  param: { COMMENT, VALUE: evaluated, PERMISSIONS: rights },
  analyzer: {
    COMMENT,
    FUNCTION: readPathNames,
    TOKENIZERS: options("BLANK CAMEL CLASS PUNCT"),
    FILTERS: options("ASCII LOWERCASE UPPERCASE EDGENGRAM NGRAM SNOWBALL MAPPER"),
  },
  access: {
    COMMENT,
    TYPE: readAccessType,
    SIGNUP: stored,
    SIGNIN: stored,
    WITH: readAccessWith,
    AUTHENTICATE: stored,
    DURATION: readDurations,
  },
  user: {
    COMMENT,
    PASSWORD: evaluated,
    PASSHASH: evaluated,
    PASSSCRAM: evaluated,
    ROLES: names,
    DURATION: readDurations,
  },
  sequence: { BATCH: evaluated, START: evaluated, TIMEOUT: evaluated },
  bucket: { COMMENT, READONLY: flag, BACKEND: evaluated, PERMISSIONS: rights },
  api: { COMMENT, FOR: readApiAction },
  config: {
    COMMENT,
    AUTO: flag,
    NONE: flag,
    TABLES: readTables,
    FUNCTIONS: readFunctions,
    DEPTH: literal,
    COMPLEXITY: literal,
    INTROSPECTION: literal,
    MIDDLEWARE: readMiddleware,
    PERMISSIONS: rights,
    NAMESPACE: evaluated,
    DATABASE: evaluated,
  },
  module: { COMMENT, AS: literal, FROM: readModuleSource, UNSIGNED: flag, PERMISSIONS: rights },
  model: { COMMENT, PERMISSIONS: rights },
};

function readChangefeed(reader: Reader, scope: Scope): void {
  evaluated(reader, scope);
  eatWords(reader, "INCLUDE", "ORIGINAL");
}

function readTableType(reader: Reader, scope: Scope): void {
  if (!eatWords(reader, "RELATION")) return literal(reader, scope);
  while (["IN", "FROM", "OUT", "TO"].includes(peekWord(reader))) {
    reader.at++;
    names(reader, scope);
  }
  eatWords(reader, "ENFORCED");
}

function readDefault(reader: Reader, scope: Scope): void {
  eatWords(reader, "ALWAYS");
  stored(reader, scope);
}

function readReference(reader: Reader, scope: Scope): void {
  if (!eatWords(reader, "ON", "DELETE")) return;
  if (eatWords(reader, "THEN")) stored(reader, scope);
  else reader.at++;
}

function readCount(reader: Reader, scope: Scope): void {
  if (eatWords(reader, "WHERE")) stored(reader, scope);
}

function readFunctions(reader: Reader, scope: Scope): void {
  if (!eatWords(reader, "INCLUDE") && !eatWords(reader, "EXCLUDE")) return literal(reader, scope);
  do readPathNames(reader);
  while (eatSymbol(reader, ","));
}

/** The file of a module, or `silo::organisation::package::<1.0.0>`. */
function readModuleSource(reader: Reader, scope: Scope): void {
  if (isName(reader)) readPathNames(reader);
  else literal(reader, scope);
}

function readApiAction(reader: Reader, scope: Scope): void {
  const clauses = { MIDDLEWARE: readMiddleware, PERMISSIONS: rights, THEN: stored };
  for (;;) {
    const word = peekWord(reader);
    if (word !== "MIDDLEWARE" && word !== "PERMISSIONS" && word !== "THEN") return;
    reader.at++;
    clauses[word](reader, scope);
  }
}

function readTables(reader: Reader, scope: Scope): void {
  if (eatWords(reader, "INCLUDE") || eatWords(reader, "EXCLUDE")) names(reader, scope);
  else literal(reader, scope);
}
