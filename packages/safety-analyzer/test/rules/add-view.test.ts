import { judgeCases } from "../judge-cases.ts";

const live = "CREATE user:1 SET a = 1; CREATE user:2 SET a = 1; DEFINE TABLE post;";

judgeCases("add-view", [
  {
    name: "that groups records",
    live,
    down: "DEFINE TABLE ages AS SELECT count() AS n, a FROM user GROUP BY a;",
    issues: ["data_loss writes_blocked user <=2"],
    byDataAlone: true,
  },
  {
    name: "that comes to group them",
    live: `${live} DEFINE TABLE ages AS SELECT id, a FROM user;`,
    down: "define table overwrite ages as (select count() as n, a from `user` group by a);",
    issues: ["data_loss writes_blocked user <=2"],
    byDataAlone: true,
  },
]);

judgeCases("add-view is silent about a view", [
  {
    name: "of a table without records",
    live,
    down: "DEFINE TABLE ages AS SELECT count() AS n, a FROM post GROUP BY a;",
    issues: [],
  },
  {
    name: "that does not group",
    live,
    down: "DEFINE TABLE ages AS SELECT id, a FROM user WHERE a = 1;",
    issues: [],
  },
]);
