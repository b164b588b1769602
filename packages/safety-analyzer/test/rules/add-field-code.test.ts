import { judgeCases } from "../judge-cases.ts";

const live = `CREATE log:1; DEFINE TABLE user;
  CREATE user:1 SET age = 1; CREATE user:2 SET age = 'x'; CREATE user:3 SET age = 3;`;

judgeCases("add-field-code", [
  {
    name: "COMPUTED that fails for a record which cannot be written today either",
    live: "CREATE t1:1; DEFINE FIELD a ON t1 TYPE int;",
    down: "DEFINE FIELD o ON t1 COMPUTED a + 1;",
    issues: ["data_loss writes_blocked t1.o 1"],
    byDataAlone: true,
  },
  {
    name: "computed from what does not fit: such a record cannot be read",
    live,
    down: "DEFINE FIELD next ON user COMPUTED age + 1;",
    issues: ["data_loss writes_blocked user.next 1"],
    byDataAlone: true,
  },
  {
    name: "computed, of another type",
    live,
    down: "DEFINE FIELD next ON user COMPUTED age TYPE int;",
    issues: ["data_loss writes_blocked user.next 1"],
    byDataAlone: true,
  },
  {
    name: "computed by a function that is not there",
    live,
    down: "DEFINE FIELD next ON user COMPUTED fn::next(age);",
    issues: ["data_loss writes_blocked user.next <=3"],
    byDataAlone: true,
  },
  {
    name: "computed by what deletes",
    live,
    down: "DEFINE FIELD next ON user COMPUTED { DELETE log; 1 };",
    issues: ["data_loss side_effects user.next -"],
  },
]);
