import type { Language } from "./language.ts";

/** English, complete. */
export const english: Language = {
  weekdays: [
    ["monday mon mondays", 1], ["tuesday tue tues tuesdays", 2], ["wednesday wed weds wednesdays", 3], ["thursday thu thur thurs thursdays", 4],
    ["friday fri fridays", 5], ["saturday sat saturdays", 6], ["sunday sun sundays", 7],
  ],
  months: [
    ["january jan", 1], ["february feb", 2], ["march mar", 3], ["april apr", 4], ["may", 5], ["june jun", 6],
    ["july jul", 7], ["august aug", 8], ["september sep sept", 9], ["october oct", 10], ["november nov", 11], ["december dec", 12],
  ],
  days: [["today tonight now", 0], ["yesterday yday ystd yest", -1], ["tomorrow tmrw tmr", 1]],
  periods: [["day days", "day"], ["week weeks wk wks", "week"], ["fortnight fortnights", "fortnight"], ["month months", "month"], ["quarter quarters", "quarter"], ["year years", "year"]],
  lengths: [["h hr hrs hour hours", "hour"], ["m min mins minute minutes", "minute"]],
  leads: [["this", "this"], ["last previous", "last"], ["next", "next"], ["past", "past"], ["coming upcoming", "coming"]],
  numbers: "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ").map((word, value) => [word, value] as const),
  tens: [["twenty", 20], ["thirty", 30], ["forty fourty", 40], ["fifty", 50], ["sixty", 60], ["seventy", 70], ["eighty", 80], ["ninety", 90]],
  ordinals: [
    ..."first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(" ").map((word, i) => [word, i + 1] as const),
    ["thirtieth", 30],
  ],
  amounts: [],
  spans: [],
  verbs: [
    ["move shift reschedule transfer", "move"],
    ["change update edit correct adjust make set rename amend reassign", "change"],
    ["switch", "switch"],
    ["delete remove erase scrap scratch cancel trash drop discard", "delete"],
    ["start begin starting resume", "start"],
    ["stop pause finish end finished done", "stop"],
    ["how what what's whats show list which when where", "ask"],
    ["copy duplicate repeat clone same", "copy"],
    ["split divide", "split"],
    ["extend lengthen increase bump raise", "lengthen"],
    ["shorten reduce decrease subtract deduct trim", "shorten"],
    ["double", "double"],
    ["halve", "halve"],
    ["submit approve create invite email send remind export import print tell open archive unlock lock assign unassign post share sync translate write draft mark request schedule play order install upgrade uninstall connect disconnect swap merge combine", "other"],
  ],
  lists: {
    daytimes: "morning afternoon evening night lunchtime",
    articles: "a an one the",
    and: "and",
    of: "of in",
    through: "to through thru until till",
    from: "from",
    between: "between",
    at: "at @",
    ago: "ago back earlier",
    agoBefore: "",
    ahead: "in",
    oclock: "o'clock oclock",
    noon: "noon midday",
    midnight: "midnight",
    edgeStart: "start beginning",
    edgeMiddle: "middle mid",
    edgeEnd: "end",
    // Nouns that take a number as their name: "phase 2", "ticket 123" is no length.
    labels:
      "phase ticket tickets bug bugs issue issues pr prs version v sprint room chapter step part level item task story epic milestone release build page row line no number nr iteration round lot " +
      "batch module unit lesson session case order invoice id floor gate channel option plan section article slide exercise q",
    // Words that carry no value of their own around an entry. They may be left over without a trace.
    filler:
      "a an the on in at for of to by with into onto under against i i'd i'll i've i'm me my please pls plz can could you will would just also so hi hey ok okay oh well there was were is am be been " +
      "did do done does doing worked working work spent spend put down log logged logging add added book booked bill billed enter entered record recorded track tracked register had have has got " +
      "took take takes total hour hours time times entry entries quick quickly about roughly around approximately approx ca some more another new during over from this that it as stint harvest " +
      "timesheet project client task up need want like us let exactly total's each again earlier gone forgot forgotten something",
    // Words that turn, hedge or correct a sentence. One of them left over means that the rules have not understood it.
    turning:
      "not don't dont didn't didnt doesn't never no nope without except excluding but instead actually should shouldn't meant mean wrong wrongly mistake mistaken oops sorry correction rather if unless " +
      "might maybe perhaps probably possibly may until minus less only isn't wasn't weren't aren't won't can't cannot wouldn't couldn't hadn't haven't hasn't either or neither nor almost nearly wait than his her their your wish supposed behalf ignore why needs least cancelled canceled postponed rejected declined " +
      "half double twice every everyday daily ago since between because when while tomorrow's",
    // Hedges and conditions: what was maybe done is not booked.
    hedges: "if unless might maybe perhaps probably possibly",
    denials: "don't dont never not didn't didnt won't haven't havent hadn't",
    // Words of a sentence that speak of somebody else's work.
    otherPeople: "he she they we you who someone somebody everyone everybody",
    worked: "did worked spent logged has had works booked tracked took needs wants does",
    // Nouns for what is changed: "the entry", "the timer".
    entryNouns: "entry entries one ones timer clock booking record line hours time item thing things",
    everything: "everything all both every",
    // Words that only greet or thank.
    chatter: "hello hi hey thanks thank morning evening good great bye ok okay cheers",
    each: "each every per both apiece",
    minus: "minus less without excluding",
    breaks: "lunch break breaks pause dinner breakfast",
    // In front of a weekday they make it the name of a day in the year, or of a custom: "Good Friday", "Easter Monday", "casual Friday".
    feasts: "good black easter cyber ash palm shrove maundy holy whit pancake thanksgiving giving super casual memorial labor labour",
    // Days of the year that are no date here: behind "on" it is asked which day that was.
    holidays: "christmas xmas easter thanksgiving halloween hanukkah diwali passover ramadan juneteenth whitsun pentecost",
    // Words that alone are no note: they say that the length or the day is not settled.
    vague:
      "tops max maximum most min minimum least tbc tbd tba go much little someday sometime eventually soon later usually often sometimes always normally mostly per next last each time times too more less enough only ever " +
      "yet still already ish give take plus minus somehow whatever week month day year now then",
    // Words that tell of work done: with one of them, words in front of a length or a project are a note.
    work:
      "call calls meeting meetings review reviews workshop sync standup standups training setup fix fixes fixed bugfix bugfixes deploy deployment email emails interview interviews demo demos planning retro retrospective " +
      "support admin research documentation docs presentation kickoff refactor refactored release migration design development testing prep preparation reviewed updated wrote built debugged tested deployed designed " +
      "discussed implemented prepared cleaned researched planned drafted merged installed configured wrote rewrote added removed moved upgraded investigated analysed analyzed created edited published presented recorded " +
      "sketched translated optimized optimised profiled attended met ran made wireframes mockups layout header footer login checkout invoice invoices invoicing onboarding hiring accounting bookkeeping",
  },
};
