import { judgeCases } from "../judge-cases.ts";

const users =
  "DEFINE TABLE user; CREATE user:1 SET email = 'a', tags = ['x', 'y']; CREATE user:2 SET email = 'b', tags = ['y']; CREATE user:3 SET email = 'a'; CREATE user:4; CREATE user:5; CREATE user:6 SET email = NULL; CREATE user:7 SET email = NULL;";

judgeCases("unique-index", [
  {
    name: "duplicates",
    live: users,
    down: "DEFINE INDEX email_idx ON user FIELDS email UNIQUE;",
    issues: ["data_loss index_would_fail user.email_idx 2"],
  },
  {
    name: "in another spelling",
    live: users,
    down: "define index `email_idx` on table user columns email /* one */ unique;",
    issues: ["data_loss index_would_fail user.email_idx 2"],
  },
  {
    name: "several columns",
    live: users,
    down: "DEFINE INDEX i ON user FIELDS email, tags UNIQUE;",
    issues: [],
  },
  {
    name: "what arrays share",
    live: users,
    down: "DEFINE INDEX i ON user FIELDS tags UNIQUE;",
    issues: ["data_loss index_would_fail user.i 2"],
  },
  {
    name: "inside of arrays",
    live: "CREATE cart:1 SET items = [{ sku: 1 }]; CREATE cart:2 SET items = [{ sku: 1 }, { sku: 2 }];",
    down: "DEFINE INDEX i ON cart FIELDS items[*].sku UNIQUE;",
    issues: ["data_loss index_would_fail cart.i 2"],
  },
  {
    name: "a column named like a keyword",
    live: "CREATE mail:1 SET from = 1; CREATE mail:2 SET from = 1;",
    down: "DEFINE INDEX i ON mail FIELDS from UNIQUE;",
    issues: ["data_loss index_would_fail mail.i 2"],
  },
]);

judgeCases("indexes are silent", [
  {
    name: "without duplicates",
    live: "CREATE user:1 SET email = 'a'; CREATE user:2 SET email = 'b'; CREATE user:3; CREATE user:4;",
    down: "DEFINE INDEX i ON user FIELDS email UNIQUE;",
    issues: [],
  },
  {
    name: "removed",
    live: `${users} DEFINE INDEX i ON user FIELDS email;`,
    down: "REMOVE INDEX i ON user; REMOVE INDEX IF EXISTS j ON user;",
    issues: [],
  },
  {
    name: "not unique",
    live: users,
    down: "DEFINE INDEX i ON user FIELDS email; DEFINE INDEX j ON user FIELDS tags CONCURRENTLY;",
    issues: [],
  },
  {
    name: "on a new table",
    down: "DEFINE TABLE post; DEFINE INDEX i ON post FIELDS a UNIQUE;",
    issues: [],
  },
  {
    name: "there already",
    live: `${users} DEFINE INDEX i ON user FIELDS email;`,
    down: "DEFINE INDEX IF NOT EXISTS i ON user FIELDS email UNIQUE; REBUILD INDEX i ON user;",
    issues: [],
  },
]);

judgeCases("index-hazard", [
  {
    name: "OVERWRITE with other columns",
    live: `${users} DEFINE INDEX i ON user FIELDS email;`,
    down: "DEFINE INDEX OVERWRITE i ON user FIELDS tags;",
    issues: ["data_loss index_hazard user.i -"],
  },
  {
    name: "OVERWRITE that becomes unique",
    live: "DEFINE TABLE user; DEFINE INDEX i ON user FIELDS email;",
    down: "define index overwrite i on user fields email unique;",
    issues: ["data_loss index_hazard user.i -"],
  },
  {
    name: "built after a data change",
    live: users,
    down: ["UPDATE user SET email = 'c';", "DEFINE INDEX i ON user FIELDS tags;"],
    issues: ["data_loss records_changed user 7", "data_loss index_hazard user.i -"],
  },
  {
    name: "rebuilt after a data change",
    live: "CREATE user:1; DEFINE INDEX i ON user FIELDS email;",
    down: "CREATE user:2; REBUILD INDEX i ON user;",
    issues: ["data_loss index_hazard user.i -"],
  },
  {
    name: "is silent about OVERWRITE of the same, and about index before data",
    live: `${users} DEFINE INDEX i ON user FIELDS email;`,
    down: "DEFINE INDEX OVERWRITE i ON user COLUMNS email COMMENT 'same'; DEFINE INDEX j ON user FIELDS tags; CREATE user:9;",
    issues: [],
  },
  {
    name: "is silent about data of other tables",
    live: users,
    down: "CREATE post:1; DEFINE INDEX i ON user FIELDS email;",
    issues: [],
  },
]);
