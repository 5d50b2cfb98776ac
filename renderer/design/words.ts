const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Every sentence the pages say by themselves. Sentences about a reading come from the app. */
export const words = {
  quickEntry: "Quick entry",
  ask: "What did you work on?",
  placeholder: "What did you work on?",
  sample: "Try it: nothing here is real",
  sampleShort: "Sample data",

  // footer
  nothingSavedYet: "Nothing is saved yet",
  nothingChanged: "Nothing was changed",
  textKept: "Your text is still here",
  saving: "Saving…",
  checkThenEnter: "Check, then press Enter to save",
  thinking: (seconds: number) => `Working out the change on this computer, ${seconds.toFixed(1)} s`,
  thinkingSpoken: "Working out the change on this computer",
  stillThinking: "Still working. The change will be shown before anything is saved.",
  waiting: (count: number) => `${count} waiting to be sent`,

  // keys
  save: "Save",
  saveSome: (count: number) => `Save ${count}`,
  check: "Check",
  askModel: "Ask the model",
  take: "Take",
  choose: "Choose",
  back: "Back",
  stop: "Stop",
  close: "Close",
  undo: "Undo",
  edit: "Edit",
  earlier: "Earlier",
  settings: "Settings",
  leaveOut: "Leave out",
  showChoices: "Show choices",

  // chips
  understood: "Understood so far",
  fields: { date: "Day", hours: "Hours", project: "Project", task: "Task", notes: "Note" },
  assumed: "assumed",
  chipChange: ". Change",
  how: { exact: "", ambiguous: ", more than one fits", missing: "", pinned: ", set by you" },

  // editors
  editorTitle: { date: "Which day?", hours: "How long?", project: "Which project?", task: "Which task?", notes: "Note" },
  use: "Use",
  clearPin: "Back to my words",
  today: "Today",
  yesterday: "Yesterday",
  otherDay: "Another day",
  hoursHint: "1.5, 1:30, 1h 30m or 45 min. Up and Down: 15 minutes",
  hoursUnclear: "Write it as 1.5, 1:30, 1h 30m or 45 min, up to 24 hours",
  projectHint: "Client, project or code",
  noProjects: "No project has these words",
  projectFirst: "Choose the project first; its tasks are listed then",
  noTasks: "This project has no tasks to book on",
  looking: "Looking…",

  // question
  typeOn: "or go on typing",
  typeIt: "Just type it",
  choices: (count: number) => (count === 0 ? "Type the answer." : `${plural(count, "choice", "choices")}.`),

  // preview
  changes: (count: number) => `${plural(count, "change", "changes")} to your timesheet`,
  ready: (count: number) => `Ready, ${plural(count, "entry", "entries")}`,
  operations: { add: "Add", change: "Change", move: "Move", delete: "Delete", start: "Start", stop: "Stop" },
  include: "Include",
  becomes: "becomes",
  noPlace: "Project needed",
  byModel: "Read by the model on this computer",
  changed: "Your timesheet changed in the meantime. Nothing was written; this is how it looks now.",
  why: "Why?",
  whyTitle: "Why it reads this way",

  // model
  needsModel: "This sentence is more than the rules can read. Press Enter to ask the model on this computer.",
  withoutModel: "Without a model Stint can add entries, start and stop timers and answer simple questions. To change or delete by a free sentence it needs one on this computer.",
  getModel: "Choose a model",

  // outcome
  addAnother: "Add another",
  kept: (text: string) => `Kept on this computer: ${text.replace(/^(Saved|Kept)\s+/, "")}. It will be sent when Harvest answers.`,
  broke: "Something inside Stint did not work.",
  lookBeforeRetry: "Look at the history before saving again.",
  notWritten: "Not saved",

  // empty
  running: "Timer running",
  stopTimer: "Stop timer",
  lastSaved: "Last saved",
  recent: "Earlier sentences",
  examples: "Try one of these",
  exampleSentences: ["2h acme design yesterday", "30 min standup, 1.5h website review", "how much did I log last week"],
  total: "Total",
  notices: "Good to know",
} as const;
