import type { ReactElement } from "react";
import type { SettingsView } from "../../electron/ipc/contract.ts";
import { Said } from "../design/said.tsx";
import { useSaid } from "../design/use-said.ts";
import { pageWords } from "../design/words.ts";
import type { PartProps } from "./settings.tsx";

const weekDays = ["monday", "sunday", "saturday"] as const;
const dateOrders = ["MDY", "DMY", "YMD"] as const;
const modes = ["nearest", "up", "down"] as const;
const steps = [1, 5, 6, 10, 15, 30, 60] as const;
const stays = [0, 2, 5, 10, 30, 60, 1440] as const;

interface PickProps<T extends string | number> {
  readonly id: string;
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onPick: (value: T) => void;
}

function Pick<T extends string | number>({ id, label, value, options, onPick }: PickProps<T>): ReactElement {
  return (
    <div className="pair">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const picked = options.find((option) => String(option.value) === event.target.value);
          if (picked) onPick(picked.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A value that a hand-written settings file holds is offered too, in its place. */
function withOwn(values: readonly number[], own: number): readonly number[] {
  return [...new Set([...values, own])].toSorted((one, other) => one - other);
}

type Reading = SettingsView["reading"];
const dayLengths = [0, 4, 6, 7, 7.5, 8, 9, 10] as const;
const named = <T extends string>(names: Readonly<Record<T, string>>, values: readonly T[]): readonly { readonly value: T; readonly label: string }[] => values.map((value) => ({ value, label: names[value] }));

/** The choices that the convention leaves to the user, out of the way until they are wanted. */
function FinerPoints({ reading, set }: { readonly reading: Reading; readonly set: (patch: Partial<Reading>) => void }): ReactElement {
  return (
    <details>
      <summary>{pageWords.finer}</summary>
      <div className="stack">
        <Pick id="bare" label={pageWords.bareDay} value={reading.bare} options={named<Reading["bare"]>(pageWords.bareDays, ["past", "this-week", "nearest", "future"])} onPick={(bare) => set({ bare })} />
        <Pick id="this" label={pageWords.thisDay} value={reading.this} options={named<Reading["this"]>(pageWords.thisDays, ["week", "coming"])} onPick={(value) => set({ this: value })} />
        <Pick id="last" label={pageWords.lastDay} value={reading.last} options={named<Reading["last"]>(pageWords.lastDays, ["strict+ask", "strict", "previous-week"])} onPick={(last) => set({ last })} />
        <Pick id="next" label={pageWords.nextDay} value={reading.next} options={named<Reading["next"]>(pageWords.nextDays, ["strict+ask", "strict", "next-week"])} onPick={(next) => set({ next })} />
        <Pick
          id="day-length"
          label={pageWords.dayLength}
          value={reading.dayHours ?? 0}
          options={withOwn(dayLengths, reading.dayHours ?? 0).map((value) => ({ value, label: pageWords.dayLengths(value) }))}
          onPick={(hours) => set({ dayHours: hours === 0 ? undefined : hours })}
        />
        <Pick id="day-start" label={pageWords.dayStart} value={reading.dayStart} options={([0, 4] as const).map((value) => ({ value, label: pageWords.dayStarts[value] }))} onPick={(dayStart) => set({ dayStart })} />
        <Pick id="ahead" label={pageWords.ahead} value={reading.future} options={named<Reading["future"]>(pageWords.aheads, ["confirm", "yes", "no"])} onPick={(future) => set({ future })} />
        <Pick id="clocks" label={pageWords.clocks} value={reading.clocks} options={named<Reading["clocks"]>(pageWords.clockWays, ["elapsed", "wall"])} onPick={(clocks) => set({ clocks })} />
      </div>
    </details>
  );
}

type Rounding = NonNullable<SettingsView["rounding"]>;

/** How dates and lengths in a sentence are understood, and how long a model stays in memory. */
export function ReadingSettings({ settings, change }: PartProps): ReactElement {
  const saying = useSaid();
  const set = (patch: Parameters<typeof change>[0]): void => void saying.run(() => change(patch));
  const { rounding } = settings;
  const roundingMode = (mode: Rounding["mode"] | "off"): void => set({ rounding: mode === "off" ? null : { minutes: rounding?.minutes ?? 15, mode } });
  return (
    <section aria-labelledby="reading">
      <h2 id="reading">{pageWords.reading}</h2>
      <div className="stack">
        <Pick id="week" label={pageWords.weekStart} value={settings.weekStart} options={weekDays.map((value) => ({ value, label: pageWords.weekDays[value] }))} onPick={(weekStart) => set({ weekStart })} />
        <Pick id="order" label={pageWords.dateOrder} value={settings.dateOrder} options={dateOrders.map((value) => ({ value, label: pageWords.dateOrders[value] }))} onPick={(dateOrder) => set({ dateOrder })} />
        <Pick id="rounding" label={pageWords.rounding} value={rounding?.mode ?? "off"} options={(["off", ...modes] as const).map((value) => ({ value, label: pageWords.roundings[value] }))} onPick={roundingMode} />
        {rounding ? (
          <Pick
            id="step"
            label={pageWords.roundTo}
            value={rounding.minutes}
            options={withOwn(steps, rounding.minutes).map((value) => ({ value, label: pageWords.minutes(value) }))}
            onPick={(minutes) => set({ rounding: { ...rounding, minutes } })}
          />
        ) : null}
        <Pick
          id="idle"
          label={pageWords.keepLoaded}
          value={settings.idleMinutes}
          options={withOwn(stays, settings.idleMinutes).map((value) => ({ value, label: pageWords.keepChoices(value) }))}
          onPick={(idleMinutes) => set({ idleMinutes })}
        />
        <Pick id="backend" label={pageWords.backend} value={settings.backend} options={named<SettingsView["backend"]>(pageWords.backends, ["auto", "cuda", "vulkan", "cpu"])} onPick={(backend) => set({ backend })} />
        <FinerPoints reading={settings.reading} set={(patch) => set({ reading: { ...settings.reading, ...patch } })} />
        <Said said={saying.said?.ok === false ? saying.said : undefined} />
      </div>
    </section>
  );
}
