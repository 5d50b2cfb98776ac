import { fold } from "../core/tokens.ts";
import { formatHours } from "../core/hours.ts";
import { placeWords } from "../account/view.ts";
import type { Foundation } from "../app/foundation.ts";
import { COULD_NOT, DONE, WRONG_USAGE, type ExitCode, type Terminal } from "./terminal.ts";

/** `stint shortcuts [remove NAME]`: the user's own words and what they stand for; the app's settings page changes them. */
export function shortcutsCommand(words: readonly string[], json: boolean, foundation: Foundation, terminal: Terminal): ExitCode {
  const [verb, ...named] = words;
  const { settings } = foundation;
  const { shortcuts } = settings.get();
  if (verb === undefined) {
    if (json) terminal.json(shortcuts);
    else for (const { name, project, task, notes, hours } of shortcuts) terminal.out([`${name} = ${placeWords(project, task, foundation.timesheet().facts())}`, notes ? `“${notes}”` : "", hours === undefined ? "" : formatHours(hours)].filter(Boolean).join(" · "));
    if (shortcuts.length === 0) terminal.say("There are no shortcuts yet. One is offered when you choose a project for words that name none.");
    return DONE;
  }
  const name = named.join(" ");
  if (verb !== "remove" || name === "") {
    terminal.say("Use: stint shortcuts [remove NAME] [--json]");
    return WRONG_USAGE;
  }
  const left = shortcuts.filter((each) => fold(each.name) !== fold(name));
  if (left.length === shortcuts.length) {
    terminal.say(`There is no shortcut called “${name}”.`);
    return COULD_NOT;
  }
  const kept = settings.update({ shortcuts: left });
  if (kept.kind === "kept") terminal.out(`“${name}” is no shortcut any more.`);
  else terminal.say(kept.message);
  return kept.kind === "kept" ? DONE : COULD_NOT;
}
