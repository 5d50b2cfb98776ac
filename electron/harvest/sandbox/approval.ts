import type { AccountData, StoredEntry } from "./account.ts";

/** How far the approval of an entry has come, as `approval_status` says it. */
export type Approval = "unsubmitted" | "submitted" | "approved";

interface Span {
  readonly user: number;
  readonly from: string;
  readonly to: string;
}
const APPROVED = { reason: "Item Approved and Locked for this Time Period", closed: true, billed: false };
const holds = (span: Span, entry: Pick<StoredEntry, "user" | "date">): boolean => span.user === entry.user && span.from <= entry.date && entry.date <= span.to;

export function approvalOf(data: AccountData, entry: StoredEntry): Approval {
  if (entry.lock?.closed === true) return "approved";
  return data.submittedWeeks.some((week) => holds(week, entry)) ? "submitted" : "unsubmitted";
}

function approve(entry: StoredEntry): void {
  const reason = entry.lock?.billed === true ? "Item Invoiced and Approved and Locked for this Time Period" : APPROVED.reason;
  entry.lock = { ...APPROVED, reason, billed: entry.lock?.billed ?? false };
}

function reopen(entry: StoredEntry): void {
  if (entry.lock?.closed !== true) return;
  entry.lock = entry.lock.billed ? { reason: "Item Invoiced", closed: false, billed: true } : null;
}

/**
 * What a manager does on Harvest's web page, for which the API has no call: hands a person's days in, approves them (which locks
 * them and every empty day between, harvest-api §10), or opens them again.
 */
export function setApproval(data: AccountData, span: Span, status: Approval): void {
  const others = (weeks: AccountData["approvedWeeks"]): AccountData["approvedWeeks"] => weeks.filter((week) => week.user !== span.user || week.to < span.from || span.to < week.from);
  data.approvedWeeks = [...others(data.approvedWeeks), ...(status === "approved" ? [{ ...span }] : [])];
  data.submittedWeeks = [...others(data.submittedWeeks), ...(status === "submitted" ? [{ ...span }] : [])];
  for (const entry of data.entries) {
    if (!holds(span, entry)) continue;
    if (status === "approved") approve(entry);
    else reopen(entry);
  }
}
