import { expect, test } from "vitest";
import type { Remote } from "../../electron/outbox/remote.ts";
import { clientOf, sandbox, stateOf, value } from "./harvest-account.ts";

test("the client is what the outbox asks of Harvest", async () => {
  const remote: Remote = clientOf(await sandbox());
  expect(Object.keys(remote)).toEqual(expect.arrayContaining(["create", "start", "change", "stop", "restart", "remove", "read", "entries"]));
});

test("a new entry is in the account exactly as it was drafted", async () => {
  const box = await sandbox();
  const client = clientOf(box);
  const acme = value(await client.projects()).find((project) => project.name === "Website Redesign");
  const made = value(await client.create({ date: "2026-04-05", hours: 2, project: acme?.id ?? 0, task: acme?.tasks[0]?.id ?? 0, notes: "Hero" }, "01MARK"));
  const kept = (await stateOf(box)).entries.find((entry) => entry.id === made.id);
  expect(kept).toMatchObject({ spent_date: "2026-04-05", hours: 2, notes: "Hero", is_running: false, external_reference: { id: "01MARK" } });
  expect(made).toMatchObject({ date: "2026-04-05", hours: 2, notes: "Hero", running: false, mark: "01MARK" });
});
