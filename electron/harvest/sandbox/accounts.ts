import { z } from "zod";
import { accountData } from "./account.ts";
import type { AccountData } from "./account.ts";
import big from "./accounts/big.json" with { type: "json" };
import empty from "./accounts/empty.json" with { type: "json" };
import manager from "./accounts/manager.json" with { type: "json" };
import member from "./accounts/member.json" with { type: "json" };
import sample from "./accounts/sample.json" with { type: "json" };
import saturday from "./accounts/saturday.json" with { type: "json" };
import startEnd from "./accounts/start-end.json" with { type: "json" };
import sunday from "./accounts/sunday.json" with { type: "json" };
import { fillBig } from "./big.ts";
import { shifted } from "./clock-work.ts";
import { createGivenAccount } from "./given.ts";
import { createSampleAccount } from "./sample.ts";

const texts = z.array(z.string()).min(1);
/** An account as its file in accounts/ describes it: what it starts from, and what is different about it. */
const described = z.strictObject({
  title: z.string(),
  base: z.enum(["sample", "empty", "big"]),
  role: z.enum(["member", "manager", "administrator"]).optional(),
  company: accountData.shape.company.partial().strict().optional(),
  options: accountData.shape.options.partial().strict().optional(),
  rounding: accountData.shape.rounding.optional(),
  big: z.strictObject({
    clients: z.int(), projects: z.int(), entries: z.int(), entriesPerDay: z.int(),
    first: texts, second: texts, work: texts, stage: texts, tasks: texts, notes: z.array(z.string().nullable()).min(1),
  }).optional(),
});
type Described = z.infer<typeof described>;

const files: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["sample", sample], ["big", big], ["start-end", startEnd], ["member", member], ["manager", manager], ["saturday", saturday], ["sunday", sunday], ["empty", empty],
]);

/** The accounts that can be asked for by name, and what each is. */
export const accountNames: readonly { readonly name: string; readonly title: string }[] = [...files].map(([name, file]) => ({ name, title: described.parse(file).title }));

function baseOf(given: Described, now: Date, zone: string): AccountData {
  if (given.base === "sample") return createSampleAccount({ now, zone });
  const data = createGivenAccount({ projects: [], entries: [] }, { now, zone });
  if (given.base === "big" && given.big) fillBig(data, given.big, now);
  return data;
}

/** Gives finished entries their places on the clock: a person's day starts at nine and goes on without a break. */
function layOutOnTheClock(data: AccountData): void {
  const ends = new Map<string, string>();
  for (const entry of data.entries) {
    if (entry.timerStartedAt !== null) continue;
    const day = `${entry.user}/${entry.date}`;
    entry.startedTime = ends.get(day) ?? "09:00";
    entry.endedTime = shifted(entry.startedTime, entry.hours);
    ends.set(day, entry.endedTime);
  }
}

/** The account of that name as it is on the day of `now` in `zone` (IANA); undefined for a name that does not exist. */
export function createAccount(name: string, { now, zone }: { readonly now: Date; readonly zone: string }): AccountData | undefined {
  const file = files.get(name);
  if (file === undefined) return undefined;
  const given = described.parse(file);
  const data = baseOf(given, now, zone);
  Object.assign(data.company, given.company);
  Object.assign(data.options, given.options);
  if (given.rounding) data.rounding = given.rounding;
  for (const user of data.users) user.role = given.role ?? user.role;
  if (data.company.startEnd) layOutOnTheClock(data);
  return data;
}
