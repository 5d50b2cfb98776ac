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
  nothingYet: "Say what it was, how long and on which day",
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
  withoutModel: "Without a model Stint reads plain entries, changes, timers and questions. For a freer sentence like this one it needs a model on this computer.",
  getModel: "Choose a model",

  // outcome
  addAnother: "Add another",
  kept: (text: string) => `Kept on this computer: ${text.replace(/^(Saved|Kept)\s+/, "")}. It will be sent when Harvest answers.`,
  broke: "Something inside Stint did not work.",
  lookBeforeRetry: "Look at the history before saving again.",

  // empty
  running: "Timer running",
  stopTimer: "Stop timer",
  lastSaved: "Last saved",
  recent: "Earlier sentences",
  examples: "Try one of these",
  exampleSentences: ["2h acme design yesterday", "30 min internal standup, 1.5h acme website", "how much did I log last week"],
  total: "Total",
  notices: "Good to know",
} as const;

/** Words of the settings, models and history pages. */
export const pageWords = {
  settings: "Settings",
  models: "Models",
  history: "History",
  broke: "Something inside Stint did not work. Nothing was changed.",
  loading: "Loading…",

  // account
  account: "Harvest account",
  connected: (label: string) => `Connected to ${label}`,
  onSample: "Sample data is in use. Nothing you save is real and nothing leaves this computer.",
  sessionOnly: "The token is kept until Stint closes. It is asked for again after that.",
  disconnect: "Disconnect",
  disconnectHint: "Forgets the token on this computer. Your entries stay in Harvest.",
  useSample: "Use sample data",
  connectTitle: "Connect Harvest",
  stepToken: "Create a personal access token at",
  tokenPage: "id.getharvest.com/developers",
  stepPaste: "and paste it here. It is kept in this computer's keychain and sent only to Harvest.",
  token: "Personal access token",
  findAccounts: "Find my accounts",
  whichAccount: "Which account?",
  noAccounts: "This token opens no Harvest account. Type the account id shown beside the token.",
  accountId: "Account id",
  accountIdHint: "Shown beside the token at Harvest. Digits only.",
  keepSession: "Keep the token for this session only",
  noKeychain: "No keychain answers on this computer, so the token cannot be stored safely. It can be kept until Stint closes.",
  connect: "Connect",
  connecting: "Asking Harvest…",

  // hotkey
  hotkey: "Open quick entry with",
  record: "Change",
  recording: "Press the keys…",
  recordHint: "Hold Ctrl, Alt or the Windows key and press one more key. Esc keeps the old one.",

  // reading
  reading: "How sentences are read",
  weekStart: "Week starts on",
  weekDays: { monday: "Monday", sunday: "Sunday", saturday: "Saturday" },
  dateOrder: "“3/4” means",
  dateOrders: { MDY: "4 March (month first)", DMY: "3 April (day first)", YMD: "4 March (year, month, day)" },
  rounding: "Round hours",
  roundings: { off: "Not at all", nearest: "To the nearest", up: "Up to", down: "Down to" },
  roundTo: "Round to",
  minutes: (count: number) => `${plural(count, "minute", "minutes")}`,

  // shortcuts
  shortcuts: "Shortcuts",
  shortcutsHint: "A word of yours that stands for a project, a task, a note and a length.",
  noShortcuts: "None yet. “standup” could stand for 15 minutes of meetings.",
  addShortcut: "Add a shortcut",
  columns: { name: "Word", place: "Stands for", hours: "Hours", actions: "Change" },
  name: "Word or phrase",
  project: "Project",
  task: "Task",
  anyTask: "No fixed task",
  notes: "Note",
  hours: "Hours",
  optional: "optional",
  chooseProject: "Choose a project",
  save: "Save",
  cancel: "Cancel",
  edit: "Edit",
  remove: "Remove",
  undo: "Undo",
  nameNeeded: "Give it a word to type",
  nameTaken: "Another shortcut has this word",
  projectNeeded: "Choose its project",
  hoursUnclear: "Write the hours as 1.5, 1:30 or 45 min",

  // models
  keepLoaded: "Keep the model in memory",
  keepChoices: (count: number) => (count === 0 ? "Unload right away" : count >= 1440 ? "Always" : `For ${plural(count, "minute", "minutes")}`),
  modelsIntro: "A model reads sentences that the rules cannot. It runs on this computer; no sentence leaves it.",
  modelsList: "Reads what the rules cannot",
  rulesDetail: "Plain entries, changes, timers and questions. Needs no memory.",
  addModel: "Add a model file…",
  unload: "Unload now",
  reallyRemove: (name: string) => `Remove ${name} from this computer?`,
  keep: "Keep",
  noModels: "No model is on this computer yet. The rules work without one.",
  offersList: "To download",
  offersIntro: "Free models, fetched from where their makers keep them. What is said about memory is computed for this computer.",
  recommended: "Best for this computer",
  getModel: "Download",
  goOn: "Go on",
  pause: "Pause",
  discard: "Delete what arrived",
  offerStates: { available: "", installed: "On this computer", downloading: "Downloading", paused: "Paused", failed: "Failed" },
  modelStates: { installed: "On this computer", loading: "Loading", ready: "In memory", busy: "Working", unloading: "Unloading", failed: "Failed", missing: "File is gone" },

  // history
  historyIntro: "What was saved from here, newest first.",
  noHistory: "Nothing was saved from here yet.",
  historyStates: { saved: "Saved", waiting: "Waiting to be sent", undone: "Undone", refused: "Refused by Harvest", "needs you": "Needs you" },
} as const;
