// Deadlines as people say them. A deadline is a day (`2026-03-12`) or a moment with an offset.

const DAY = 24 * 60 * 60 * 1000;

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());

const isDay = (due) => due.length === 10;

/** The start of the day of a deadline, in the person's zone. */
export function dayOf(due) {
  if (!isDay(due)) return midnight(new Date(due));
  const [year, month, day] = due.split("-").map(Number);
  return new Date(year, month - 1, day);
}

/** The same hour of another day, as an `<input type="date">` gives the day; now, if it is empty. */
export function sameHour(day, now = new Date()) {
  if (!day) return now;
  const then = dayOf(day);
  then.setHours(now.getHours(), now.getMinutes(), now.getSeconds());
  return then;
}

const two = (number) => String(number).padStart(2, "0");

/** The kind of field in which a deadline is changed, and what stands in it: the time only where there is one. */
export function typed(due) {
  if (isDay(due)) return { type: "date", value: due };
  const then = new Date(due);
  const day = [then.getFullYear(), two(then.getMonth() + 1), two(then.getDate())].join("-");
  return { type: "datetime-local", value: `${day}T${two(then.getHours())}:${two(then.getMinutes())}` };
}

/** The deadline that stands in such a field. */
export const dueOf = (value) => (isDay(value) ? value : new Date(value).toISOString());

/** Days from today to a deadline: 0 is today, negative is past. */
export function daysUntil(due, now = new Date()) {
  return Math.round((dayOf(due) - midnight(now)) / DAY);
}

/** Whether a deadline has passed: a day only once it is over. */
export function isLate(due, now = new Date()) {
  return isDay(due) ? daysUntil(due, now) < 0 : new Date(due) < now;
}

/** "Today", "Tomorrow 14:00", "Thu 12 Mar", "12 Mar 2028". */
export function shown(due, now = new Date()) {
  const days = daysUntil(due, now);
  const near = { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[days];
  const day = dayOf(due);
  const year = day.getFullYear() === now.getFullYear() || Math.abs(days) < 180 ? undefined : "numeric";
  const far = () => day.toLocaleDateString("en-GB", { weekday: year ? undefined : "short", day: "numeric", month: "short", year });
  const time = isDay(due) ? "" : ` ${new Date(due).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
  return (near ?? far()) + time;
}

const UNITS = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year", HOURLY: "hour" };

/** "every week", "every 2 months": an RRULE, roughly; the rule itself is the chip's tooltip. */
export function repetition(rule) {
  const part = (name) => rule.match(new RegExp(`${name}=([^;]+)`))?.[1];
  const unit = UNITS[part("FREQ")] ?? "time";
  const every = Number(part("INTERVAL") ?? 1);
  return every === 1 ? `every ${unit}` : `every ${every} ${unit}s`;
}
