import { statSync } from "node:fs";
import type { HarvestCompany } from "../harvest/types.ts";
import type { SettingsStore } from "../settings/store.ts";
import type { SettingsV1 } from "../settings/v1.ts";
import type { Connection } from "./connection.ts";
import type { Home } from "./home.ts";
import { createKnowledge } from "./knowledge.ts";
import { createTimesheet, type Timesheet } from "./timesheet.ts";

/** What was not found is not looked for again within this time. */
const RENEW_MS = 60_000;

export interface OpenerOptions {
  readonly home: Home;
  readonly settings: SettingsStore;
  readonly onChange?: (() => void) | undefined;
  readonly onNotice?: ((sentence: string) => void) | undefined;
}

/** Opens timesheets that know their account from the last run. */
export interface Opener {
  open(connection: Connection): Timesheet;
  /** Reads the timesheet that was opened last again, projects included; once a minute, however often it is asked. */
  renew(): Promise<void>;
}

/** Settings with "as the account has it" spelled out as far as the account is known, so that weeks and dates are right before it answers. */
function withAccountRules(own: SettingsV1, company: HarvestCompany | undefined): SettingsV1 {
  return {
    ...own,
    weekStart: own.weekStart === "account" ? (company?.weekStart ?? "account") : own.weekStart,
    dateOrder: own.dateOrder === "account" ? (company?.dateOrder ?? "account") : own.dateOrder,
  };
}

/** "3 hours", for what was last written at `at`; undefined for less than a minute and for what was never written. */
export function ageWords(at: number | undefined, now: number): string | undefined {
  const minutes = Math.floor((now - (at ?? now)) / 60_000);
  if (minutes < 1) return undefined;
  const [count, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 48 * 60 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** An opener over one home folder. */
export function createOpener({ home, settings, onChange, onNotice = () => undefined }: OpenerOptions): Opener {
  const last: { renew: (() => Promise<void>) | undefined; at: number; renewing: Promise<void> | undefined } = { renew: undefined, at: Number.NEGATIVE_INFINITY, renewing: undefined };
  return {
    open: (connection) => {
      const files = home.account(connection.key);
      const { folder, cache } = files;
      const knowledge = createKnowledge({ client: connection.client, files, onOutdated: () => void timesheet.refresh() });
      const own = createTimesheet({
        connection: { ...connection, client: knowledge.client },
        folder,
        cacheFile: cache,
        settings: () => withAccountRules(settings.get(), knowledge.company()),
        onChange,
        onNotice,
      });
      const refresh: Timesheet["refresh"] = async () => {
        const refreshed = await own.refresh();
        const age = refreshed.kind === "stale" ? ageWords(statSync(cache, { throwIfNoEntry: false })?.mtimeMs, Date.now()) : undefined;
        return refreshed.kind === "stale" && age !== undefined ? { ...refreshed, message: `${refreshed.message} What is known here is ${age} old.` } : refreshed;
      };
      const timesheet: Timesheet = { ...own, refresh };
      const renew = async (): Promise<void> => {
        knowledge.forget();
        await timesheet.refresh();
      };
      Object.assign(last, { renew, at: Number.NEGATIVE_INFINITY, renewing: undefined });
      return timesheet;
    },
    renew: async () => {
      const now = performance.now();
      if (now - last.at >= RENEW_MS && last.renew) {
        last.at = now;
        last.renewing = last.renew();
      }
      await last.renewing;
    },
  };
}
