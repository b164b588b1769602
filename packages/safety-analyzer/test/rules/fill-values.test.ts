import { judgeCases } from "../judge-cases.ts";

const live = "DEFINE TABLE user; CREATE user:1; CREATE user:2 SET age = 2;";

judgeCases("fill-values", [
  {
    name: "a default of another type",
    live: "DEFINE TABLE user; CREATE user:1;",
    down: "DEFINE FIELD age ON user TYPE option<int> DEFAULT ALWAYS 'misfit';",
    issues: ["data_loss writes_blocked user.age 1"],
  },
  {
    name: "NONE for what is required",
    live: "DEFINE TABLE user; CREATE user:1;",
    down: "define field age on user type int default always none;",
    issues: ["data_loss writes_blocked user.age 1"],
  },
  {
    name: "a default that only the engine could tell",
    live,
    down: "DEFINE FIELD age ON user TYPE int DEFAULT ALWAYS fn::age();",
    issues: ["data_loss writes_blocked user.age <=1"],
  },
  {
    name: "a default that an assertion may refuse",
    live: "DEFINE TABLE user; CREATE user:1;",
    down: "DEFINE FIELD age ON user TYPE option<int> DEFAULT ALWAYS 1 ASSERT $value > 1;",
    issues: ["data_loss writes_blocked user.age 1"],
  },
  {
    name: "another default of an old field",
    live: "DEFINE TABLE user; DEFINE FIELD age ON user TYPE option<int>; CREATE user:1;",
    down: "ALTER FIELD age ON user DEFAULT ALWAYS 'x';",
    issues: ["data_loss writes_blocked user.age 1"],
  },
  {
    name: "another type under an old default",
    live: "DEFINE TABLE user; DEFINE FIELD age ON user TYPE any DEFAULT ALWAYS 'x'; CREATE user:1 SET age = 3;",
    down: "DEFINE FIELD OVERWRITE age ON user TYPE int DEFAULT ALWAYS 'x';",
    issues: ["data_loss field_type_changed user.age 0", "data_loss writes_blocked user.age 0"],
  },
]);

const filled = (type: string, value: string) => ({
  name: `about ${type} DEFAULT ALWAYS ${value}`,
  live: "DEFINE TABLE user; CREATE user:1;",
  down: `DEFINE FIELD age ON user TYPE ${type} DEFAULT ALWAYS ${value};`,
  issues: [],
});

judgeCases("fill-values is silent", [
  filled("int", "-1"),
  filled("float", "1"),
  filled("number", "1.5"),
  filled("option<string>", "'x'"),
  filled("'x' | 'y'", "'y'"),
  filled("bool", "true"),
  filled("datetime", "time::now()"),
  filled("any", "fn::any()"),
  filled("array<string>", "[]"),
  filled("object", "{}"),
  filled("option<int>", "NONE"),
  filled("null | int", "NULL"),
  filled("duration", "1h30m"),
  filled("uuid", "rand::uuid::v7()"),
  filled("string", "rand::ulid()"),
  {
    name: "about a table without records",
    live: "DEFINE TABLE user;",
    down: "DEFINE FIELD age ON user TYPE int DEFAULT ALWAYS 'x';",
    issues: [],
    byDataAlone: true,
  },
]);
