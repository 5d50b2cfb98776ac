/**
 * What other date libraries find in a phrase, in the terms of this project: civil dates, spans with an inclusive end, lengths in hours.
 *
 * Each is asked as its documentation says: with the reference moment, the day order where it has such an option, and everything else at its default
 * (no `forwardDate` for chrono, no bias for Recognizers, which returns the past and the coming value). Civil times are given as UTC, so
 * that no zone of this machine comes in. Wherever a library leaves a choice, all of its values count as findings and the
 * caller takes the one that is right: what is measured is the best that a program around the library could make of it.
 */
import * as chrono from "chrono-node";
import recognizers from "@microsoft/recognizers-text-date-time";
import nlp from "compromise";
import dates from "compromise-dates";

nlp.plugin(dates);

const pad = (number) => String(number).padStart(2, "0");
const dayBefore = (iso) => new Date(Date.parse(`${iso}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
const monthEnd = (year, month) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
const hoursBetween = (start, end) => ((end - start) / 3_600_000 + 24) % 24;
const date = (value) => ({ date: value });
const range = (start, end) => ({ range: { start, end } });
const hours = (value, on) => ({ hours: value, ...(on === undefined ? {} : { date: on }) });

const dayOf = (part) => `${part.get("year")}-${pad(part.get("month"))}-${pad(part.get("day"))}`;
/** Only a time of day was said: chrono fills in today, which is no finding of a date. */
const saysDay = (part) => part.isCertain("day") || part.isCertain("weekday") || part.isCertain("month") || part.isCertain("year");
/** "march", "march 2014": chrono answers the first of the month with the day left open. That may be the month. */
const saysMonthOnly = (part) => part.isCertain("month") && !part.isCertain("day") && !part.isCertain("weekday");

/** chrono knows no lengths ("2 hours") and no weeks as spans; a pair of times of day is a length. Day first: its British configuration. */
function readChrono(text, { now, dayFirst }) {
  const reader = dayFirst ? chrono.en.GB : chrono.en.casual;
  return reader.parse(text, { instant: new Date(`${now}Z`), timezone: 0 }).flatMap((result) => {
    const { start, end } = result;
    const on = saysDay(start) ? dayOf(start) : undefined;
    if (end && start.isCertain("hour") && end.isCertain("hour")) return [hours(hoursBetween(start.date(), end.date()), on), ...(on === undefined ? [] : [date(on)])];
    if (end) return saysDay(start) || saysDay(end) ? [range(dayOf(start), saysMonthOnly(end) ? monthEnd(end.get("year"), end.get("month")) : dayOf(end))] : [];
    if (on === undefined) return [];
    // "a month ago" leaves the day open as "next month" does, but means a day: both are findings.
    return saysMonthOnly(start) ? [date(on), range(`${on.slice(0, 7)}-01`, monthEnd(start.get("year"), start.get("month")))] : [date(on)];
  });
}

const isIso = (text) => /^\d{4}-\d{2}-\d{2}/.test(text ?? "");

/** Recognizers ends a span on the day after it, but a span between two named days on the second of them: both are findings. */
function fromResolution({ type, value, start, end }) {
  const day = value?.slice(0, 10);
  switch (type) {
    case "date":
    case "datetime":
      return isIso(day) ? [date(day)] : [];
    case "daterange": {
      const [from, to] = [isIso(start) ? start.slice(0, 10) : undefined, isIso(end) ? end.slice(0, 10) : undefined];
      if (from === undefined || to === undefined) return from === undefined && to === undefined ? [] : [date(from ?? to)];
      return [range(from, to), range(from, dayBefore(to))];
    }
    case "timerange":
    case "datetimerange": {
      const on = isIso(start) ? start.slice(0, 10) : undefined;
      const clock = (time) => Date.parse(on === undefined ? `1970-01-01T${time}Z` : `${time.replace(" ", "T")}Z`);
      const length = start !== undefined && end !== undefined ? hoursBetween(clock(start), clock(end)) : Number.NaN;
      return [...(Number.isNaN(length) ? [] : [hours(length, on)]), ...(on === undefined ? [] : [date(on)])];
    }
    default:
      return [];
  }
}

/** Recognizers' English has a second culture for days that come first ("en-*"). A lone time of day ("time") and a repetition ("set") are no date. */
function readRecognizers(text, { now, dayFirst }) {
  const found = recognizers.recognizeDateTime(text, dayFirst ? "en-gb" : "en-us", recognizers.DateTimeOptions.None, new Date(`${now}Z`));
  // "2 hours 15 minutes" comes as two lengths: they are added. A length in days ("P3D", not "PT3H") is no length of work.
  const lengths = found.flatMap((each) => (each.typeName === "datetimeV2.duration" ? (each.resolution?.values ?? []).slice(0, 1) : [])).filter((each) => each.timex?.startsWith("PT")).map((each) => Number(each.value) / 3600);
  const sum = lengths.length > 0 ? [hours(lengths.reduce((total, value) => total + value, 0))] : [];
  return [...sum, ...found.flatMap((each) => (each.resolution?.values ?? []).flatMap(fromResolution))];
}

const HOURS_IN = { hour: 1, minute: 1 / 60, second: 1 / 3600 };
const CLOCK_UNITS = new Set(["time", "hour", "minute", "second"]);

/** compromise-dates: lengths have a method of their own; of a time on a day, the day. Day first: `dmy`. */
function readCompromise(text, { now, dayFirst }) {
  const said = nlp(text);
  const lengths = said.durations().get().map((parts) => (Object.keys(parts).every((unit) => unit in HOURS_IN) ? Object.entries(parts).reduce((sum, [unit, count]) => sum + count * HOURS_IN[unit], 0) : 0));
  const length = lengths.reduce((total, value) => total + value, 0);
  const found = said.dates({ today: now, timezone: "UTC", dmy: dayFirst }).get().flatMap(({ start, end, unit }) => {
    if (!isIso(start)) return [];
    const [from, to] = [start.slice(0, 10), isIso(end) ? end.slice(0, 10) : start.slice(0, 10)];
    if (CLOCK_UNITS.has(unit)) return [date(from), hours(hoursBetween(Date.parse(start), Date.parse(end ?? start)), from)];
    return from === to ? [date(from)] : [range(from, to)];
  });
  return [...(length > 0 ? [hours(length)] : []), ...found];
}

/** name → reader of a phrase: `(text, { now: civil ISO time, dayFirst })` gives a list of findings, likeliest first. Throws where the library does. */
export const LIBRARIES = { "chrono-node": readChrono, recognizers: readRecognizers, "compromise-dates": readCompromise };
