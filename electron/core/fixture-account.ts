import type { Entry, IsoDate, Project, Shortcut } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { indexProjects } from "./projects.ts";

/*
 * The account that the tests of this folder read sentences against. Today is Monday 6 April 2026, in New York.
 */

const DESIGN = { id: 11, name: "Design" };
const DEVELOPMENT = { id: 12, name: "Development" };
const TESTING = { id: 13, name: "Testing" };
const MEETINGS = { id: 14, name: "Meetings" };
const ADMIN = { id: 15, name: "Admin" };

export const exampleProjects: readonly Project[] = [
  { id: 1, client: "Acme Corp", name: "Website Redesign", code: "ACME", active: true, tasks: [DESIGN, DEVELOPMENT] },
  { id: 2, client: "Acme Corp", name: "Mobile App", active: true, tasks: [DEVELOPMENT, TESTING, MEETINGS] },
  { id: 3, client: "Globex", name: "API Platform", active: true, tasks: [DEVELOPMENT, MEETINGS] },
  { id: 4, client: "Initech", name: "Billing Phase 2", active: true, tasks: [DEVELOPMENT] },
  { id: 5, client: "Internal", name: "Operations", active: true, tasks: [MEETINGS, ADMIN] },
  { id: 6, client: "Acme Corp", name: "Legacy Portal", active: false, tasks: [DEVELOPMENT] },
  { id: 7, client: "Umbrella", name: "Sunday Times", active: true, tasks: [DEVELOPMENT] },
  { id: 8, client: "Umbrella", name: "24/7 Monitoring", active: true, tasks: [DEVELOPMENT] },
  { id: 9, client: "Hooli", name: "2026 Annual Report", active: true, tasks: [DESIGN] },
  { id: 10, client: "Stark", name: "May Day", active: true, tasks: [DESIGN] },
];

const exampleShortcuts: readonly Shortcut[] = [
  { name: "standup", project: 5, task: 14, notes: "Standup", hours: 0.25 },
  { name: "standup mobile", project: 2, task: 14, notes: "Mobile standup", hours: 0.5 },
];

const entry = (id: number, date: IsoDate, hours: number, project: number, task: number, notes = ""): Entry => ({ id, date, hours, project, task, notes, running: false });

export const exampleEntries: readonly Entry[] = [
  entry(1, "2026-04-05", 2, 1, 11, "header"),
  entry(2, "2026-04-03", 3, 2, 12),
  entry(3, "2026-04-02", 1, 5, 14, "standup"),
  { ...entry(4, "2026-04-02", 1, 3, 12), locked: "the week is approved." },
  entry(5, "2026-03-31", 1, 2, 13, "login"),
  entry(6, "2026-03-24", 4, 1, 11),
];

export const exampleFacts: Facts = {
  today: "2026-04-06",
  time: "09:00",
  zone: "America/New_York",
  weekStart: "monday",
  dateOrder: "MDY",
  index: indexProjects(exampleProjects),
  shortcuts: exampleShortcuts,
  entries: exampleEntries,
  last: 1,
};
