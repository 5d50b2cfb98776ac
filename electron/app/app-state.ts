import { describeDate } from "../core/calendar.ts";
import { formatHours } from "../core/hours.ts";
import type { AppState } from "../ipc/contract.ts";
import { isUndoable, type Timesheet } from "../account/timesheet.ts";
import { placeWords } from "../account/view.ts";
import type { ModelDesk } from "./model-desk.ts";
import type { Measuring } from "./model-measure.ts";

const RECENT = 20;
const UNDO_HOURS = 24;

export interface AppStateSources {
  readonly timesheet: Timesheet;
  readonly models: ModelDesk;
  readonly measuring: Pick<Measuring, "state">;
  readonly hotkey: AppState["hotkey"];
  readonly notices: readonly string[];
  readonly keychain: AppState["account"]["keychain"];
}

/** Everything the pages and the tray show, gathered once for each change. */
export async function appState(sources: AppStateSources): Promise<AppState> {
  const { timesheet, models, measuring, hotkey, notices, keychain } = sources;
  const facts = timesheet.facts();
  const today = timesheet.day(facts.today);
  const running = facts.entries.find((entry) => entry.running);
  const history = await timesheet.history(RECENT);
  const run = measuring.state();
  const now = timesheet.connection.clock.now().getTime();
  const last = history.find((item) => isUndoable(item) && now - Date.parse(item.at) < UNDO_HOURS * 3_600_000);
  return {
    account: { kind: timesheet.connection.kind, label: timesheet.connection.label, keychain },
    today: { text: `Today, ${describeDate(facts.today, facts.today)}: ${formatHours(today.hours)}`, hours: today.hours },
    ...(running ? { running: { entry: running.id, text: `${placeWords(running.project, running.task, facts)} · ${formatHours(running.hours)}` } } : {}),
    ...(last ? { lastSaved: { batch: last.batch, text: last.labels.join("; ") || last.sentence } } : {}),
    waiting: await timesheet.waiting(),
    models: await models.rows(),
    offers: await models.offers(),
    ...(run ? { measuring: { ...run } } : {}),
    hotkey,
    notices: [...notices],
    recent: [...new Set(history.map((item) => item.sentence))].slice(0, RECENT),
  };
}
