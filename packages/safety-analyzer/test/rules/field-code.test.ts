import { judgeCases } from "../judge-cases.ts";

const live = (clauses: string): string => `
  CREATE log:1; DEFINE TABLE user;
  DEFINE FIELD n ON user TYPE option<int> ${clauses};`;

judgeCases("side-effects of fields", [
  {
    name: "a default that deletes",
    live: live("DEFAULT { DELETE log; 1 }"),
    down: "CREATE user:1;",
    issues: ["unsafe side_effects user.n -"],
  },
  {
    name: "a value that deletes",
    live: live("VALUE { DELETE log; $value }"),
    down: "create user:1;",
    issues: ["unsafe side_effects user.n -"],
  },
  {
    name: "an assertion that writes, by a function",
    live: `DEFINE FUNCTION fn::f() { UPDATE log SET a = 1; RETURN true }; ${live("ASSERT fn::f()")}`,
    down: "INSERT INTO user { id: 1 };",
    issues: ["data_loss side_effects user.n -"],
  },
  {
    name: "a default that the plan itself gave",
    live: "CREATE log:1;",
    down: "DEFINE FIELD n ON user DEFAULT ALWAYS { DELETE log; 1 }; CREATE user:1;",
    issues: ["unsafe side_effects user.n -"],
  },
]);

judgeCases("side-effects is silent about fields", [
  {
    name: "that only compute",
    live: live("DEFAULT time::unix() VALUE $value + 1 ASSERT $value > 0"),
    down: "CREATE user:1;",
    issues: [],
  },
]);
