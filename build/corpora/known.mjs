/**
 * Kinds of rows that are counted apart, told by their category and shape and with the reason; each says which outcomes it excuses. No row's text stands here: the rows
 * belong to other projects. They are shown, and anything else that they come to is counted like every other row.
 */
import { expectedOf } from "./score.mjs";

const isWeekend = (iso) => [0, 6].includes(new Date(`${iso}T00:00:00Z`).getUTCDay());
const wholeMinutes = (hours) => Math.abs(hours * 60 - Math.round(hours * 60)) < 0.01;
const TWO_WORD_ORDINAL = /\b(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b/i;

const APART = [
  { file: "hard", category: "duration_simple", excuses: ["nothing", "asked"], reason: "seconds: time is booked in minutes", applies: (row) => !wholeMinutes(row.expected.hours) },
  { file: "hard", category: "duration_hm", excuses: ["nothing", "asked"], reason: "a minus inside a length may take off or only join", applies: (row) => /\s-\s*\d/.test(row.text) },
  { file: "hard", category: "period_edge", excuses: ["asked"], reason: "the convention asks when a period ends on a weekend", applies: (row) => isWeekend(expectedOf(row).date) },
  { file: "convention", category: "numeric_slash", excuses: ["asked"], reason: "two numbers with a dot may be a length as well", applies: (row) => /^\d{1,2}\.\d{1,2}$/.test(row.text.trim()) },
  { file: "convention", category: "month_day", excuses: ["wrong"], reason: "the label took the second word of an ordinal for all of it; the suite has the whole", applies: (row) => TWO_WORD_ORDINAL.test(row.text) && row.product_expected?.date.slice(0, 8) === row.expected.date.slice(0, 8) && row.product_expected.date !== row.expected.date },
  { file: "convention", category: "date_with_time", excuses: ["wrong"], reason: "the label took the hour for a day of the month", applies: (row) => row.date_part !== undefined && row.date_part_category === "weekday_with_date" && !row.text.includes(row.date_part) },
  { file: "convention", category: "weekday_with_date", excuses: ["wrong"], reason: "the label took the hour for a day of the month", applies: (row) => /\b(?:past|to|at) \d/.test(row.text) },
  { file: "negative", category: "none_date", excuses: ["asked"], reason: "a bare number over 12 is asked about by the convention", applies: (row) => /^\d+$/.test(row.text.trim()) },
  { file: "negative", category: "none_date", excuses: ["wrong"], reason: "two numbers with a slash are a date by the convention, whatever else they may be the name of", applies: (row) => /^\d{1,2}\/\d{1,2}$/.test(row.text.trim()) },
];

/** Why a row that came to that outcome is counted apart; undefined when it is not. */
export const reasonApart = (row, file, verdict) => APART.find((each) => each.file === file && each.category === row.category && each.excuses.includes(verdict) && each.applies(row))?.reason;
