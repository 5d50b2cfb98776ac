import type { Project } from "../../electron/core/entry.ts";

const FIRST = "Aster Birch Cedar Dahlia Elm Fennel Ginger Hazel Iris Jasmine Kelp Laurel Maple Nettle Olive Poppy Quince Rowan Sage Thistle Umber Violet Willow Yarrow Zinnia Basil Clover Daisy Fern Heather".split(" ");
const SECOND = "Foods Motors Energy Museum Hotels Logistics Studios Bank Pharma Travel".split(" ");
const KINDS = ["Website Relaunch", "Brand Guidelines", "Mobile App", "Annual Report 2026", "Data Warehouse", "Phase 2", "Support", "Newsletter", "Field Study", "May Campaign"];

/** 300 clients with ten projects each, all alike but for their names: what a large company's list looks like. Always the same. */
export function bigProjects(): readonly Project[] {
  const clients = SECOND.flatMap((second) => FIRST.map((first) => `${first} ${second}`));
  return clients.flatMap((client, at) =>
    KINDS.map((name, kind): Project => ({
      id: 10_000 + at * KINDS.length + kind,
      client,
      name,
      active: true,
      tasks: kind % 2 === 0 ? [{ id: 91, name: "Development" }, { id: 93, name: "Meetings" }] : [{ id: 92, name: "Design" }],
    })),
  );
}
