import { describe, expect, it } from "vitest";
import type { Project } from "./entry.ts";
import { editDistance, indexProjects, lookNear, lookUp, namedBy, slips } from "./projects-index.ts";

const task = (id: number, name: string) => ({ id, name });
const project = (id: number, client: string, name: string, more: Partial<Project> = {}): Project => ({ id, client, name, active: true, tasks: [], ...more });
const PROJECTS: readonly Project[] = [
  project(1, "Globex", "Website Redesign", { code: "GLX-7", tasks: [task(1, "Design"), task(2, "Code Review")] }),
  project(2, "Smith & Sons", "Design of the Year 2026", { tasks: [task(1, "Design")] }),
  project(3, "Globex", "Website Audit", { active: false, tasks: [task(3, "Secret Audit")] }),
  project(4, "", "Ops"),
];
const index = indexProjects(PROJECTS);
const names = (positions: ReadonlySet<number>): readonly number[] => [...positions].map((at) => index.entries[at]?.project.id ?? 0).toSorted((a, b) => a - b);

describe("the index of projects", () => {
  it("knows each project by its words in order: client, name, code", () => {
    expect(index.byId.get(1)?.words).toEqual(["globex", "website", "redesign", "glx", "7"]);
    expect(index.byId.get(1)?.clientWords).toBe(1);
    expect(index.byId.get(2)?.words).toEqual(["smith", "sons", "design", "of", "the", "year", "2026"]);
    expect(index.byId.get(2)?.clientWords).toBe(2);
    expect(index.byId.get(4)).toMatchObject({ words: ["ops"], clientWords: 0 });
    expect(index.byId.get(9)).toBeUndefined();
    expect(index.longest).toBe(7);
    expect(index.projects.map((each) => each.id)).toEqual([1, 2, 3, 4]);
  });
  it("has every word once, in order", () => {
    expect(index.vocabulary).toEqual([...new Set(index.vocabulary)].toSorted());
    expect(index.vocabulary).toContain("2026");
    expect(index.positions.get("globex")).toEqual([0, 2]);
    expect(index.positions.get("design")).toEqual([1]);
  });
  it("lists the tasks of active projects, one for each name", () => {
    expect(index.tasks.map((each) => each.name)).toEqual(["Design", "Code Review"]);
    expect(index.taskPlaces.map(({ name, words, at }) => [name, words, at])).toEqual([["Design", ["design"], [0, 1]], ["Code Review", ["code", "review"], [0]]]);
  });
  it("lists a task name once, with the first task that has it", () => {
    const twice = indexProjects([project(1, "A", "B", { tasks: [task(5, "Design")] }), project(2, "A", "C", { tasks: [task(6, "Design")] })]);
    expect(twice.tasks).toEqual([task(5, "Design")]);
  });
  it("knows the letters of each word of four letters or more, digits apart from them", () => {
    const spelled = new Map([...index.spelling.values()].flat().map(({ word, letters }) => [word, letters]));
    expect([...spelled.keys()].toSorted()).toEqual(index.vocabulary.filter((word) => word.length >= 4).toSorted());
    for (const [word, letters] of spelled) for (const [n, letter] of "abcdefghijklmnopqrstuvwxyz".split("").entries()) expect((letters & (1 << n)) !== 0, `${letter} in ${word}`).toBe(word.includes(letter));
    const alphabet = indexProjects([project(1, "abcdefghijklm", "nopqrstuvwxyz aaaa zzzz")]);
    const lettersOf = (word: string): number | undefined => alphabet.spelling.get(word.length)?.find((each) => each.word === word)?.letters;
    expect([lettersOf("abcdefghijklm"), lettersOf("nopqrstuvwxyz"), lettersOf("aaaa"), lettersOf("zzzz")]).toEqual([(1 << 13) - 1, ((1 << 13) - 1) << 13, 1, 1 << 25]);
    expect((spelled.get("2026") ?? 0) >>> 26).not.toBe(0);
  });
  it("keeps the first of two projects with one id, and nothing of the second", () => {
    const twice = indexProjects([...PROJECTS, project(1, "Other", "Thing", { tasks: [task(8, "Odd")] })]);
    expect(twice.projects).toHaveLength(4);
    expect(twice.positions.has("other")).toBe(false);
    expect(twice.tasks.map((each) => each.name)).toEqual(["Design", "Code Review"]);
  });
  it("is empty for no projects", () => {
    const none = indexProjects([]);
    expect([none.longest, none.vocabulary, none.projects, none.tasks, none.taskPlaces]).toEqual([0, [], [], [], []]);
    expect(lookUp(none, "a").size + lookNear(none, "globex").size).toBe(0);
  });
});

describe("looking up a word", () => {
  it.each<[string, readonly number[]]>([["glob", [1, 3]], ["globex", [1, 3]], ["globexx", []], ["design", [2]], ["des", [2]], ["red", [1]], ["s", [2]], ["o", [2, 4]], ["7", [1]], ["20", [2]], ["a", [3]], ["zz", []]])("%s begins words of %j", (word, expected) => {
    expect(names(lookUp(index, word))).toEqual(expected);
  });
  it.each<[string, readonly number[]]>([["globex", [1, 3]], ["glob", []], ["ops", [4]], ["op", []]])("only the whole word counts when asked so: %s is a word of %j", (word, expected) => {
    expect(names(lookUp(index, word, true))).toEqual(expected);
  });
  it("finds what going through all words finds, for every beginning of every word", () => {
    for (const word of index.vocabulary) for (let length = 1; length <= word.length; length += 1) {
      const start = word.slice(0, length);
      const slow = PROJECTS.filter((each) => index.byId.get(each.id)?.words.some((own) => own.startsWith(start))).map((each) => each.id);
      expect(names(lookUp(index, start)), start).toEqual(slow);
    }
  });
});

describe("initials", () => {
  it.each<[string, readonly number[]]>([["gwr", [1]], ["gwa", [3]], ["ssd", []], ["ssdoty", [2]], ["doty", [2]], ["ssdy", [2]], ["gw", []], ["ops", [4]]])("%s stands for %j", (word, expected) => {
    expect(names(namedBy(index, word))).toEqual(expected);
  });
  it("never win over a word that begins like them", () => {
    const both = indexProjects([project(1, "Globex", "Website Redesign"), project(2, "Gwritech", "Portal")]);
    expect([...namedBy(both, "gwr")].map((at) => both.entries[at]?.project.id)).toEqual([2]);
  });
  it.each(["and", "of", "for", "the", "a", "an", "in", "on", "to", "with", "und", "für", "der", "die", "das"])("may leave %j out", (small) => {
    const one = indexProjects([project(1, "", `Gamma ${small} Wide Range`)]);
    expect(namedBy(one, "gwr").size).toBe(1);
    expect(namedBy(one, `g${small.slice(0, 1).replace("ü", "u")}wr`).size).toBe(1);
  });
  it("leave no other word out", () => {
    const one = indexProjects([project(1, "", "Gamma at Wide Range")]);
    expect([namedBy(one, "gwr").size, namedBy(one, "gawr").size]).toEqual([0, 1]);
  });
  it("have three to six letters, and numbers in a name are none of them", () => {
    const long = indexProjects([project(1, "A B", "C D E F G"), project(2, "Xray", "Yoke 2026 Zulu")]);
    expect(namedBy(long, "abcdefg").size).toBe(0);
    expect(namedBy(long, "cdefg").size).toBe(1);
    expect(namedBy(long, "xyz").size).toBe(1);
    expect(namedBy(long, "yz").size).toBe(0);
    expect([...long.initials.keys(), ...index.initials.keys()].filter((letters) => letters.length < 3 || letters.length > 6)).toEqual([]);
  });
});

/** The plain definition, without any short cut: the fewest insertions, losses, changes and swaps of neighbours, none of them touched twice. */
function plainDistance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const swap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1) ? plainDistance(a.slice(0, -2), b.slice(0, -2)) + 1 : Infinity;
  return Math.min(swap, plainDistance(a.slice(0, -1), b) + 1, plainDistance(a, b.slice(0, -1)) + 1, plainDistance(a.slice(0, -1), b.slice(0, -1)) + (a.at(-1) === b.at(-1) ? 0 : 1));
}

describe("the distance between two spellings", () => {
  const words = ["", "a", "b", "c"].flatMap((one) => ["", "a", "b", "c"].flatMap((two) => ["", "a", "b"].flatMap((three) => ["", "a", "c"].map((four) => one + two + three + four))));
  const short = [...new Set(words)].filter((_, n) => n % 2 === 0);
  it.each([0, 1, 2])("is what its definition says, up to a limit of %i and beyond it anything above", (limit) => {
    for (const a of short) for (const b of short) {
      const plain = plainDistance(a, b);
      const found = editDistance(a, b, limit);
      expect(plain <= limit ? found === plain : found > limit, `${a}/${b}: ${found} for ${plain}`).toBe(true);
    }
  });
  it.each<[string, string, number]>([["webiste", "website", 1], ["globexx", "globex", 1], ["glbex", "globex", 1], ["golbex", "globex", 1], ["intech", "initech", 1], ["websiet", "website", 1], ["rdesgin", "redesign", 2], ["same", "same", 0]])("%s is to %s %i", (a, b, distance) => {
    expect(editDistance(a, b, 2)).toBe(distance);
    expect(editDistance(b, a, 2)).toBe(distance);
  });
});

describe("words a typing slip away", () => {
  it("are none below four letters, one slip up to six, two from seven on", () => {
    expect(["abc", "abcd", "abcdef", "abcdefg", "abcdefghij"].map(slips)).toEqual([0, 1, 1, 2, 2]);
  });
  it.each<[string, readonly number[]]>([
    ["globx", [1, 3]], ["glboex", [1, 3]], ["webiste", [1, 3]], ["webzite", [1, 3]], ["wbsit", []], ["redessign", [1]], ["rdesgin", [1, 2]], ["rdsgin", []], ["smiht", [2]], ["desing", [2]], ["audti", [3]], ["opz", []], ["glx", []], ["xxxxxx", []], ["2025", [2]], ["yera", [2]], ["websites", [1, 3]], ["wwebsitee", [1, 3]], ["wwwebsitee", []],
  ])("%s comes near %j", (word, expected) => {
    expect(names(lookNear(index, word))).toEqual(expected);
  });
  it("are all that the distance allows: nothing is lost by looking only at words with nearly the same letters", () => {
    const letters = "a b c d e f g h i j k l m n o p q r s t u v w x y z é ß 0 1 8 9".split(" ");
    const wrong = index.vocabulary.filter((word) => word.length >= 4).flatMap((word) => letters.flatMap((letter, n) => {
      const at = n % word.length;
      return [word.slice(0, at) + letter + word.slice(at), word.slice(0, at) + letter + word.slice(at + 1), word.slice(0, at) + word.slice(at + 1), word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2)];
    }));
    for (const word of wrong) {
      const limit = slips(word);
      const slow = index.vocabulary.filter((each) => each.length >= 4 && limit > 0 && editDistance(word, each, limit) <= limit);
      const ids = PROJECTS.filter((each) => index.byId.get(each.id)?.words.some((own) => slow.includes(own))).map((each) => each.id);
      expect(names(lookNear(index, word)), word).toEqual(ids);
    }
  });
});
