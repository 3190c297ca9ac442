// chrono-node over JSON lines: the first date of each text, as wall clock at the reference's offset.
const chrono = require("chrono-node");
const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
const pad = (n) => String(n).padStart(2, "0");
for (const line of lines) {
  const q = JSON.parse(line);
  // Wall clock as if it were UTC; a zone in the text is then relative to that.
  const instant = new Date(Date.parse(q.now + "Z") - q.off * 1000);
  let answer = { id: q.id, start: null, grain: null };
  const found = chrono.casual.parse(q.text, { instant, timezone: q.off / 60 }, { forwardDate: true });
  if (found.length > 0) {
    const s = found[0].start;
    const wall = new Date(s.date().getTime() + q.off * 1000);
    const timed = s.isCertain("hour");
    let grain = "day";
    if (timed) grain = s.isCertain("second") ? "second" : "minute";
    else if (!s.isCertain("day") && !s.isCertain("weekday"))
      grain = s.isCertain("month") ? "month" : s.isCertain("year") ? "year" : "day";
    const day = `${wall.getUTCFullYear()}-${pad(wall.getUTCMonth() + 1)}-${pad(wall.getUTCDate())}`;
    answer.start = `${day}T${pad(wall.getUTCHours())}:${pad(wall.getUTCMinutes())}:${pad(wall.getUTCSeconds())}`;
    answer.grain = grain;
  }
  console.log(JSON.stringify(answer));
}
