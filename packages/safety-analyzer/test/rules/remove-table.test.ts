import { judgeCases } from "../judge-cases.ts";

const users = "DEFINE TABLE user; CREATE user:1, user:2, user:3;";

judgeCases("remove-table", [
  {
    name: "a relation with its ends is told once each",
    live: `${users} DEFINE TABLE likes TYPE RELATION; RELATE user:1->likes->user:2;`,
    down: ["REMOVE TABLE likes;", "REMOVE TABLE user;"],
    issues: ["unsafe table_removed likes 1", "unsafe table_removed user 3"],
  },
]);

judgeCases("remove-table is silent", [
  {
    name: "about a table that the plan made before",
    live: users,
    down: [
      "DEFINE TABLE legacy SCHEMAFULL; DEFINE FIELD a ON legacy TYPE int;",
      "REMOVE TABLE legacy;",
    ],
    issues: [],
  },
  {
    name: "about a table that the plan made by writing to it",
    live: users,
    down: ["CREATE legacy:1;", "REMOVE TABLE legacy;"],
    issues: [],
  },
]);

judgeCases("remove-table tells a table's life", [
  {
    name: "removed, made again and removed again: the first removal loses the records",
    live: users,
    down: ["REMOVE TABLE user; DEFINE TABLE user;", "REMOVE TABLE user;"],
    issues: ["unsafe table_removed user 3"],
  },
  {
    name: "made only if it is not there: it was",
    live: users,
    down: ["DEFINE TABLE IF NOT EXISTS user;", "REMOVE TABLE user;"],
    issues: ["unsafe table_removed user 3"],
  },
  {
    name: "what was done to it before is part of its removal",
    live: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD bio ON user TYPE string; CREATE user:1 SET bio = 'x';",
    down: [
      "REMOVE FIELD bio ON user; UPDATE user SET a = 1; DEFINE FIELD b ON user TYPE int;",
      "DELETE user; REMOVE TABLE user;",
    ],
    issues: ["unsafe table_removed user 1"],
  },
  {
    name: "a removal that may not happen hides nothing",
    live: users,
    down: ["DELETE user;", "IF false { REMOVE TABLE user };"],
    issues: ["unsafe records_deleted user 3", "unsafe table_removed user 3"],
  },
]);
