// The page: a text on the left becomes tasks on the right.

import { ask } from "./api.js";
import { Line } from "./line.js";
import { Notes } from "./notes.js";
import { byId } from "./page.js";
import { Tasks } from "./tasks.js";

const tasks = new Tasks();
const changed = () => tasks.load();
new Notes({ changed });
new Line({ changed });
tasks.load();

try {
  const health = await ask("GET", "/health");
  byId("health").textContent = health.database === "connected" ? "" : "The database does not answer";
} catch (error) {
  byId("health").textContent = error.message;
}
