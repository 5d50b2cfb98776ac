/** The core with a large account loaded, as every part of this bench uses it. */
import { bundle } from "../../lib/bundle.mjs";
import { largeAccount } from "./account.mjs";

/** Reads sentences and phrases with that many projects; `moment` is the same Monday on every run. */
export async function loadCore(count) {
  const { read } = await import(await bundle("electron/core/read.ts"));
  const { readPhrase } = await import(await bundle("electron/core/phrase.ts"));
  const { makeFacts } = await import(await bundle("electron/core/facts-schema.ts"));
  const { indexProjects } = await import(await bundle("electron/core/projects.ts"));
  const account = largeAccount(count);
  const moment = { now: "2026-04-06T09:15:00", zone: "America/New_York", weekStart: "monday", dateOrder: "MDY" };
  const facts = () => makeFacts({ ...moment, ...account, rounding: undefined, index: indexProjects(account.projects) });
  return { account, moment, read, readPhrase, indexProjects, facts };
}
