// Keeps a store open until the standard input ends.
import { connect } from "@surql/connection";

const [, , url = ""] = process.argv;
const db = await connect({ url, namespace: "shop", database: "main" });
console.log("open");
process.stdin.on("end", () => void db.close()).resume();
