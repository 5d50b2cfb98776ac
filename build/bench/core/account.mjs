/** A large account, the same on every run: 3,000 projects of 400 clients, with the names that make reading hard (numbers, dates, common words). */

/** Seeded numbers in [0, 1): the same account and sentences on every machine. */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of a list, by a seeded number. */
export const pick = (random, list) => list[Math.floor(random() * list.length)];

const SYLLABLES = "ba be bo ca ce co da de do fa fe fi ga go ha he ka ki la le lo ma me mo na ne no pa pe po ra re ro sa se so ta te to va ve vi wa we xa za zo tri sta ble gra pro con ver lan ter mar sol".split(" ");
const ENDINGS = "n r s x l m th nd rk st lia tron soft works labs line tek ria".split(" ");
const KINDS = "Corp Inc Ltd Group Partners Studio & Sons|Holdings|GmbH|Media|Health|Foods|Energy|Bank|University|Council".replaceAll(" & Sons", "|& Sons").replaceAll(" ", "|").split("|");
const SUBJECTS = "Website Mobile Billing Platform Data Brand Campaign Support Internal Operations Security Search Payments Onboarding Reporting Analytics Warehouse Portal Intranet Checkout Catalogue Newsletter Recruiting Training Compliance".split(" ");
const WORKS = "Redesign App Migration Rollout Audit Phase Retainer Maintenance Research Prototype Integration Launch Workshop Review Backlog Upgrade Report Sprint Strategy Discovery".split(" ");
const ODD = ["2026 Annual Report", "24/7 Monitoring", "May Day", "Sunday Times", "Half-Day Workshops", "Phase 2", "Q3 Planning", "Last Mile", "March Madness", "Monday Club"];
const TASKS = "Design|Development|Meetings|Testing|Project Management|Code Review|Research|Admin|Support|Writing|Workshops|Travel".split("|");

function clientName(random) {
  const count = 2 + Math.floor(random() * 2);
  const body = Array.from({ length: count }, () => pick(random, SYLLABLES)).join("") + pick(random, ENDINGS);
  const name = body[0].toUpperCase() + body.slice(1);
  return random() < 0.6 ? `${name} ${pick(random, KINDS)}` : name;
}

function projectName(random) {
  if (random() < 0.03) return pick(random, ODD);
  const name = `${pick(random, SUBJECTS)} ${pick(random, WORKS)}`;
  const more = random();
  if (more < 0.15) return `${name} ${1 + Math.floor(random() * 4)}`;
  if (more < 0.25) return `${name} ${2023 + Math.floor(random() * 4)}`;
  // Names carry words of their own: code names, places, products.
  return more < 0.6 ? `${name} ${clientName(random).split(" ")[0]}` : name;
}

/** Projects, shortcuts and five weeks of entries, as `read --jsonl` takes them. */
export function largeAccount(count = 3000) {
  const random = createRandom(20260406);
  const clients = Array.from({ length: Math.max(1, Math.round(count / 7.5)) }, () => clientName(random));
  const projects = Array.from({ length: count }, (_, n) => {
    const client = pick(random, clients);
    const first = Math.floor(random() * TASKS.length);
    const tasks = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, k) => ({ id: ((first + k) % TASKS.length) + 1, name: TASKS[(first + k) % TASKS.length] }));
    return { id: n + 1, client, name: projectName(random), code: random() < 0.5 ? `${client.slice(0, 3).toUpperCase()}${n}` : undefined, active: random() < 0.9, tasks };
  });
  const shortcuts = Array.from({ length: 20 }, (_, n) => ({ name: n === 0 ? "standup" : `quick ${projects[n * 50]?.name.toLowerCase() ?? n}`, project: n + 1, notes: `Note ${n}`, hours: 0.25 }));
  const entries = Array.from({ length: 140 }, (_, n) => {
    const project = pick(random, projects);
    const date = new Date(Date.UTC(2026, 3, 6 - Math.floor(n / 4))).toISOString().slice(0, 10);
    return { id: n + 1, date, hours: 0.5 + (n % 6) / 2, project: project.id, task: project.tasks[0].id, notes: n % 3 === 0 ? "follow up" : "", running: false };
  });
  return { projects, shortcuts, entries, last: 1 };
}
