/* Checks whether a text belongs to a GBNF grammar, for servers that only promise JSON: what a grammar could not have written is refused. */

type Node =
  | { readonly kind: "character"; readonly test: (character: string) => boolean }
  | { readonly kind: "rule"; readonly name: string }
  | { readonly kind: "sequence"; readonly parts: readonly Node[] }
  | { readonly kind: "choice"; readonly ways: readonly Node[] }
  | { readonly kind: "star"; readonly part: Node };

/** What is still to come: a node and then the rest. The same rest is always the same object, so that places are told apart by identity. */
interface Rest {
  readonly node: Node | undefined;
  readonly next: Rest | undefined;
  readonly before: Map<Node, Rest>;
}

class NotGbnf extends Error {}

/** A grammar in use here has a few places for each word of the sentence; one that has more at once refers to itself without end. */
const MOST_PLACES = 100_000;

/**
 * Whether the whole of `text` can be derived from `root`. False as well for a grammar with parts beyond those in use here: literals,
 * character classes, groups, alternatives, `?`, `*`, `+` and rules, one to a line; and for one that refers to itself first.
 */
export function matchesGrammar(gbnf: string, text: string): boolean {
  try {
    const rules = parseGrammar(gbnf);
    const end: Rest = { node: undefined, next: undefined, before: new Map() };
    let places = reach(rules, [follow({ kind: "rule", name: "root" }, end)]);
    for (const character of text) {
      places = reach(rules, [...places].flatMap(({ node, next }) => (node?.kind === "character" && next !== undefined && node.test(character) ? [next] : [])));
      if (places.size === 0) return false;
    }
    return places.has(end);
  } catch (error) {
    if (error instanceof NotGbnf) return false;
    throw error;
  }
}

function follow(node: Node, next: Rest): Rest {
  const known = next.before.get(node);
  if (known !== undefined) return known;
  const rest: Rest = { node, next, before: new Map() };
  next.before.set(node, rest);
  return rest;
}

/** Where a character is next, or the end: whatever takes no character is unfolded. */
function reach(rules: ReadonlyMap<string, Node>, from: readonly Rest[]): ReadonlySet<Rest> {
  const seen = new Set<Rest>();
  const open = [...from];
  const places = new Set<Rest>();
  for (let rest = open.pop(); rest !== undefined; rest = open.pop()) {
    if (seen.has(rest)) continue;
    if (seen.add(rest).size > MOST_PLACES) throw new NotGbnf();
    const { node, next } = rest;
    if (node === undefined || next === undefined || node.kind === "character") places.add(rest);
    else open.push(...unfold(rules, node, next, rest));
  }
  return places;
}

function unfold(rules: ReadonlyMap<string, Node>, node: Exclude<Node, { kind: "character" }>, next: Rest, rest: Rest): readonly Rest[] {
  switch (node.kind) {
    case "rule": {
      const rule = rules.get(node.name);
      if (rule === undefined) throw new NotGbnf();
      return [follow(rule, next)];
    }
    case "sequence":
      return [node.parts.reduceRight((after, part) => follow(part, after), next)];
    case "choice":
      return node.ways.map((way) => follow(way, next));
    case "star":
      return [next, follow(node.part, rest)];
  }
}

const EMPTY: Node = { kind: "sequence", parts: [] };

function parseGrammar(gbnf: string): ReadonlyMap<string, Node> {
  const rules = new Map<string, Node>();
  for (const line of gbnf.split("\n")) {
    const rule = /^\s*([A-Za-z0-9-]+)\s*::=(.*)$/s.exec(line);
    if (rule?.[1] !== undefined && rule[2] !== undefined) rules.set(rule[1], new Parser(rule[2]).all());
    else if (line.trim() !== "" && !line.trim().startsWith("#")) throw new NotGbnf();
  }
  return rules;
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): Node {
    const node = this.#choice();
    if (this.#at < this.#text.length) throw new NotGbnf();
    return node;
  }

  #choice(): Node {
    const ways = [this.#sequence()];
    while (this.#take("|")) ways.push(this.#sequence());
    return ways.length === 1 && ways[0] !== undefined ? ways[0] : { kind: "choice", ways };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    for (;;) {
      this.#space();
      const next = this.#text.charAt(this.#at);
      if (next === "" || next === "|" || next === ")") return { kind: "sequence", parts };
      parts.push(this.#repeat(this.#one(next)));
    }
  }

  #repeat(part: Node): Node {
    if (this.#take("?")) return { kind: "choice", ways: [part, EMPTY] };
    if (this.#take("*")) return { kind: "star", part };
    if (this.#take("+")) return { kind: "sequence", parts: [part, { kind: "star", part }] };
    return part;
  }

  #one(next: string): Node {
    if (next === "(") {
      this.#at += 1;
      const inside = this.#choice();
      if (!this.#take(")")) throw new NotGbnf();
      return inside;
    }
    if (next === '"') return { kind: "sequence", parts: Array.from(this.#literal(), (expected) => ({ kind: "character", test: (character) => character === expected })) };
    if (next === "[") {
      const pattern = this.#class();
      return { kind: "character", test: (character) => pattern.test(character) };
    }
    const name = /^[A-Za-z0-9-]+/.exec(this.#text.slice(this.#at))?.[0];
    if (name === undefined) throw new NotGbnf();
    this.#at += name.length;
    return { kind: "rule", name };
  }

  #literal(): string {
    const found = /^"((?:[^"\\]|\\.)*)"/s.exec(this.#text.slice(this.#at));
    if (found?.[1] === undefined) throw new NotGbnf();
    this.#at += found[0].length;
    return found[1].replace(/\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|.)/gs, (_, escape: string) => unescaped(escape));
  }

  /** Escapes in classes mean the same here and in regular expressions. */
  #class(): RegExp {
    const found = /^\[(?:[^\]\\]|\\.)+\]/s.exec(this.#text.slice(this.#at));
    if (found === null) throw new NotGbnf();
    this.#at += found[0].length;
    return new RegExp(`^${found[0].replace(/(?!^)\[/g, "\\[")}$`, "su");
  }

  #space(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #take(character: string): boolean {
    this.#space();
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at += 1;
    return true;
  }
}

function unescaped(escape: string): string {
  const [first = ""] = escape;
  if (escape.length > 1) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  const plain: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\", "[": "[", "]": "]" };
  const character = plain[first];
  if (character === undefined) throw new NotGbnf();
  return character;
}
