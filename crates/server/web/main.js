// The page: texts and talk on the left become tasks on the right.

import { ask } from "./api.js";
import { Chat } from "./chat.js";
import { Line } from "./line.js";
import { Notes } from "./notes.js";
import { byId, undoByKeys } from "./page.js";
import { Providers } from "./providers.js";
import { Tasks } from "./tasks.js";
import { followAddress } from "./views.js";

const changed = () => tasks.load();
const show = (id) => tasks.show(id);
const tasks = new Tasks({ back: () => notes.again() });
const notes = new Notes({ changed, show });
new Line({ changed, show });
const chat = new Chat({ changed, show });
const providers = new Providers();
followAddress({
  shown: { chat: () => chat.load(), providers: () => providers.open() },
  hidden: { providers: () => providers.close() },
});
undoByKeys();
tasks.load();

try {
  const health = await ask("GET", "/health");
  byId("health").textContent = health.database === "connected" ? "" : "The database does not answer";
} catch (error) {
  byId("health").textContent = error.message;
}
