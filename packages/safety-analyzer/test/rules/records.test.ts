import { judgeCases } from "../judge-cases.ts";

const users = "DEFINE TABLE user; CREATE user:1 SET a = 1; CREATE user:2 SET a = 2;";

judgeCases("delete-records", [
  {
    name: "a whole table",
    live: users,
    down: "DELETE user;",
    issues: ["unsafe records_deleted user 2"],
  },
  {
    name: "with FROM, a comment and RETURN",
    live: users,
    down: "delete /* all */ from `user` return before;",
    issues: ["unsafe records_deleted user 2"],
  },
  {
    name: "some records",
    live: users,
    down: "DELETE user WHERE a = 1;",
    issues: ["unsafe records_deleted user 1"],
  },
  {
    name: "one record",
    live: users,
    down: "DELETE ONLY user:1;",
    issues: ["unsafe records_deleted user 1"],
  },
  {
    name: "by several statements of one migration is one issue",
    live: users,
    down: ["DELETE user:1; DELETE user WHERE a = 2; DELETE user;", "DELETE user:2;"],
    issues: ["unsafe records_deleted user 2", "unsafe records_deleted user 0"],
  },
  {
    name: "several tables",
    live: `${users} CREATE post:1;`,
    down: "DELETE user, post;",
    issues: ["unsafe records_deleted user 2", "unsafe records_deleted post 1"],
  },
  {
    name: "in a loop",
    live: users,
    down: "FOR $u IN (SELECT VALUE id FROM user) { DELETE user WHERE id = $u };",
    issues: ["unsafe records_deleted user 2"],
  },
  {
    name: "tables that are computed",
    live: users,
    down: "LET $t = user:1; DELETE $t;",
    issues: ["unsafe records_deleted user 1"],
  },
  {
    name: "an empty table",
    live: "DEFINE TABLE user;",
    down: "DELETE user WHERE a = 1;",
    issues: ["unsafe records_deleted user 0"],
  },
]);

judgeCases("change-records", [
  {
    name: "UPDATE of all",
    live: users,
    down: "UPDATE user SET a = 3;",
    issues: ["data_loss records_changed user 2"],
  },
  {
    name: "UPDATE of some, in lower case",
    live: users,
    down: "update user merge { a: 3 } where a = 1;",
    issues: ["data_loss records_changed user 1"],
  },
  {
    name: "UPSERT",
    live: users,
    down: "UPSERT user:1 CONTENT { a: 3 };",
    issues: ["data_loss records_changed user 1"],
  },
  {
    name: "INSERT … ON DUPLICATE KEY UPDATE",
    live: users,
    down: "INSERT INTO user { id: 1, a: 3 } ON DUPLICATE KEY UPDATE a = 3;",
    issues: ["data_loss records_changed user 1"],
  },
  {
    name: "RELATE",
    live: `${users} DEFINE TABLE likes TYPE RELATION; RELATE user:1->likes:1->user:2;`,
    down: "RELATE user:1->likes:1->user:1;",
    issues: ["data_loss records_changed likes 1"],
  },
  {
    name: "RELATE with an id in its content",
    live: `${users} DEFINE TABLE likes TYPE RELATION; RELATE user:1->likes:1->user:2;`,
    down: "RELATE user:1->likes->user:1 CONTENT { id: 1, a: 2 };",
    issues: ["data_loss records_changed likes 1"],
  },
  {
    name: "tables that are computed",
    live: users,
    down: "UPDATE $target SET a = 1;",
    issues: ["unsafe records_changed - -"],
  },
  {
    name: "inside of another statement",
    live: users,
    down: "LET $x = (UPDATE user SET a = 1 RETURN AFTER);",
    issues: ["data_loss records_changed user 1"],
  },
]);

judgeCases("writes that only add are silent", [
  {
    name: "RELATE that makes new edges",
    live: `${users} DEFINE TABLE likes TYPE RELATION; RELATE user:1->likes:1->user:2;`,
    down: `RELATE user:1->likes->user:2; relate only user:1 <- likes <- user:2 content { a: 1 };
      FOR $n IN [1, 2] { LET $u = (RELATE [user:1, user:2]->likes->user:1) };`,
    issues: [],
  },
  {
    name: "CREATE and INSERT",
    live: users,
    down: "CREATE user:9 SET a = 1; INSERT INTO user { id: 8 }; INSERT IGNORE INTO user { id: 1 };",
    issues: [],
  },
  {
    name: "into a new table",
    live: users,
    down: "CREATE post:1; UPDATE post SET a = 1; DELETE post;",
    issues: [],
  },
  {
    name: "comments and strings",
    live: users,
    down: "LET $a = 'DELETE user; UPDATE user SET a = 1'; /* DELETE user */",
    issues: [],
  },
  {
    name: "reading",
    live: users,
    down: "SELECT * FROM user; LET $n = count(SELECT * FROM user); INFO FOR DB;",
    issues: [],
  },
]);
