import { z } from "zod";
import type { AccountData } from "./account.ts";
import type { Answer } from "./answer.ts";
import { badRequest, notFound, okay } from "./answer.ts";
import { setApproval } from "./approval.ts";
import type { FaultBox } from "./faults.ts";
import { faultPlans, isKnownPlan } from "./faults.ts";
import { inputOf } from "./input.ts";
import { projectOf } from "./lookup.ts";
import { entryJson } from "./render.ts";
import type { AccountStore } from "./store.ts";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const id = z.int().positive();
/** What somebody else does to the account meanwhile, on Harvest's own pages. */
const happening = z.union([
  z.strictObject({ project: id, active: z.boolean() }),
  z.strictObject({ task: id, active: z.boolean() }),
  z.strictObject({ project: id, assigned: z.boolean() }),
  z.strictObject({ approval: z.enum(["unsubmitted", "submitted", "approved"]), from: day, to: day, user: id.optional() }),
  z.strictObject({ entry: id, locked: z.string().nullable() }),
  z.strictObject({ token: z.string(), revoked: z.boolean() }),
  z.strictObject({ notesRequired: z.boolean() }),
]);

/** Carries one happening out; false when it names something that the account does not have. */
function happen(data: AccountData, what: z.infer<typeof happening>): boolean {
  const me = data.users[0]?.id ?? 0;
  if ("approval" in what) {
    setApproval(data, { user: what.user ?? me, from: what.from, to: what.to }, what.approval);
    return true;
  }
  if ("notesRequired" in what) {
    data.company.notesRequired = what.notesRequired;
    return true;
  }
  if ("entry" in what) {
    const entry = data.entries.find((each) => each.id === what.entry);
    if (entry) entry.lock = what.locked === null ? null : { reason: what.locked, closed: false, billed: false };
    return entry !== undefined;
  }
  if ("token" in what) {
    const token = data.tokens.find((each) => each.token === what.token);
    if (token) token.revoked = what.revoked;
    return token !== undefined;
  }
  if ("assigned" in what) {
    const assignment = data.userAssignments.find((each) => each.project === what.project && each.user === me);
    if (assignment) assignment.active = what.assigned;
    return assignment !== undefined;
  }
  const thing = "task" in what ? data.tasks.find((each) => each.id === what.task) : projectOf(data, what.project);
  if (thing) thing.active = what.active;
  return thing !== undefined;
}

async function answerHappening(store: AccountStore, body: string): Promise<Answer> {
  const read = happening.safeParse(inputOf(new URLSearchParams(), "application/json", body));
  if (!read.success) return badRequest("There is no such happening; the README lists them.");
  const done = await store.change((data) => {
    const result = happen(data, read.data);
    return { result, keep: result };
  });
  return done ? okay({ happened: read.data }) : notFound;
}

function answerFaults(faults: FaultBox, method: string, body: string): Answer {
  if (method === "DELETE") faults.clear();
  if (method !== "POST") return okay({ faults: faults.waiting() });
  const input = inputOf(new URLSearchParams(), "application/json", body.trim().startsWith("[") ? `{"list":${body}}` : body);
  const plans = faultPlans.safeParse(input?.["list"] ?? input);
  if (!plans.success || !plans.data.every(isKnownPlan)) return badRequest("There is no such fault; the README lists them.");
  faults.add(plans.data);
  return okay({ faults: faults.waiting() });
}

/** A request to the sandbox's own door, `/_sandbox/NAME`. */
export interface Control {
  readonly name: string;
  readonly method: string;
  readonly body: string;
}

/** The door for tests: what the account holds, which faults the next requests meet, and what happens to the account meanwhile. */
export async function answerControl({ name, method, body }: Control, account: { readonly store: AccountStore; readonly clock: () => Date }, faults: FaultBox): Promise<Answer> {
  if (name === "faults") return answerFaults(faults, method, body);
  if (name === "struck" && method === "GET") return okay({ struck: faults.struck() });
  if (name === "happen" && method === "POST") return answerHappening(account.store, body);
  if (name !== "state" || method !== "GET") return notFound;
  const [data, now] = [await account.store.read(), account.clock()];
  return okay({ now: now.toISOString(), account: data.accountId, user: data.users[0]?.id, company: data.company, entries: data.entries.map((entry) => entryJson(data, entry, now)) });
}
