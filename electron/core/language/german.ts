import type { Language } from "./language.ts";

const ONES = "null ein zwei drei vier funf sechs sieben acht neun".split(" ");
const TENS = ["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

/** Numbers that German writes as one word: "einundzwanzig". */
const compound = TENS.flatMap((ten, t) => ONES.slice(1).map((one, n) => [`${one}und${ten}`, (t + 2) * 10 + n + 1] as const));

/**
 * German: dates, lengths and the words around an entry. Two-letter weekdays ("Do", "So", "Mi") are English words too and are left out;
 * "am" is taken only in front of a date.
 */
export const german: Language = {
  weekdays: [["montag montags", 1], ["dienstag dienstags", 2], ["mittwoch mittwochs", 3], ["donnerstag donnerstags", 4], ["freitag freitags", 5], ["samstag samstags sonnabend", 6], ["sonntag sonntags", 7]],
  months: [["januar janner", 1], ["februar", 2], ["marz", 3], ["mai", 5], ["juni", 6], ["juli", 7], ["oktober okt", 10], ["dezember dez", 12]],
  days: [["heute", 0], ["gestern", -1], ["vorgestern", -2], ["morgen", 1], ["ubermorgen", 2]],
  periods: [["tag tage tagen", "day"], ["woche wochen", "week"], ["monat monate monaten monats", "month"], ["quartal quartals quartale", "quarter"], ["jahr jahre jahren jahres", "year"]],
  lengths: [["std stunde stunden", "hour"], ["minuten", "minute"]],
  leads: [
    ["diesen diese dieser dieses diesem", "this"], ["letzten letzte letzter letztes letztem vorigen vorige voriger", "last"],
    ["nachsten nachste nachster nachstes nachstem", "next"], ["vergangenen vergangene vergangener", "past"], ["kommenden kommende kommender", "coming"],
  ],
  numbers: [["null", 0], ["ein eine einen einem einer eins", 1], ["zwei", 2], ["drei", 3], ["vier", 4], ["funf", 5], ["sechs", 6], ["sieben", 7], ["acht", 8], ["neun", 9], ["zehn", 10], ["elf", 11], ["zwolf", 12], ["dreizehn", 13], ["vierzehn", 14], ["funfzehn", 15], ["sechzehn", 16], ["siebzehn", 17], ["achtzehn", 18], ["neunzehn", 19], ...compound],
  tens: TENS.map((word, t) => [word, (t + 2) * 10] as const),
  ordinals: [],
  amounts: [["anderthalb eineinhalb", 1.5], ["zweieinhalb", 2.5], ["dreieinhalb", 3.5], ["viereinhalb", 4.5], ["dreiviertel", 0.75], ["halbe halben", 0.5]],
  spans: [["viertelstunde", 0.25], ["dreiviertelstunde", 0.75]],
  verbs: [
    ["verschiebe verschieb verschieben", "move"], ["andere andern korrigiere korrigieren", "change"], ["losche losch loschen streiche entferne entfernen", "delete"],
    ["starte starten beginne", "start"], ["stopp stoppe stoppen beende", "stop"], ["wieviel wie zeig zeige", "ask"], ["kopiere kopieren", "copy"],
  ],
  lists: {
    daytimes: "vormittag nachmittag abend nacht fruh",
    articles: "der die das den dem",
    and: "und",
    of: "vom",
    through: "bis",
    from: "von",
    between: "zwischen",
    at: "um",
    ago: "her",
    agoBefore: "vor",
    ahead: "",
    oclock: "uhr",
    noon: "mittag mittags",
    midnight: "mitternacht",
    edgeStart: "anfang",
    edgeMiddle: "mitte",
    edgeEnd: "ende",
    labels: "version ausgabe nummer kapitel",
    filler: "von ich habe hab hatte gearbeitet gebucht buche buch buchen eintragen trag bitte mal am im auf fur bei mit der die das den dem ein eine einen einem einer zum zur an stunde stunden projekt kunde",
    turning: "nicht kein keine keinen nie statt anstatt ohne ausser vielleicht eventuell wenn falls sondern doch",
    hedges: "vielleicht eventuell wenn falls",
    denials: "nicht kein keine keinen nie",
    otherPeople: "",
    worked: "",
    entryNouns: "eintrag eintrage",
    everything: "alles alle",
    chatter: "hallo danke",
    each: "je jeweils jeden",
    minus: "abzuglich",
    breaks: "mittagspause mittagessen",
    feasts: "",
    holidays: "weihnachten ostern pfingsten silvester neujahr heiligabend karfreitag ostermontag pfingstmontag",
    vague: "ungefahr circa manchmal meistens",
    work: "besprechung termin anruf telefonat abstimmung planung vorbereitung fehler korrektur",
  },
};
