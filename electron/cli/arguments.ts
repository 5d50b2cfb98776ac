import { parseArgs } from "node:util";

export const USAGE = `Stint books time in Harvest from plain sentences.

  stint                            quick entry in this terminal
  stint "2h acme website yesterday"    reads it, shows it, asks, saves it   [--yes] [--json]
  stint undo                       takes back what was saved last
  stint today | week [-1]          what is logged
  stint projects [WORDS]           projects you can book on
  stint finish                     goes on with what was refused part way or needs you
  stint history [WORDS]            what was saved from here in the last 30 days
  stint shortcuts [remove NAME]    words of your own and what they stand for
  stint status                     account, model, what waits
  stint read --jsonl               reads many sentences from stdin, writes nothing   [--model ID]
  stint connect | disconnect       your Harvest account (token kept in the OS keychain)
  stint models [list|add FILE|get ID|use ID|remove ID|plan ID --vram 12GiB --context 8192]
                                   get ID [--from ADDRESS]; plan ID [--free 11GiB] [--ram 28GiB] [--batch 512]; server ADDRESS [MODEL] [--network] | server off
  stint evals [MODEL]              how well a model of this computer reads forty sentences with your project names; writes nothing
  stint sandbox [--port N] [--sample NAME] [--account-file FILE] [--faults SEED]
                                   the emulated Harvest account as a server on this computer

  --account sample|harvest   --home DIR   --json
`;

export interface Arguments {
  readonly words: readonly string[];
  readonly json: boolean;
  readonly yes: boolean;
  readonly jsonl: boolean;
  readonly help: boolean;
  readonly account: "sample" | "harvest" | undefined;
  readonly home: string | undefined;
  readonly model: string | undefined;
  readonly port: string | undefined;
  readonly sample: string | undefined;
  readonly accountFile: string | undefined;
  readonly faults: string | undefined;
  readonly vram: string | undefined;
  readonly free: string | undefined;
  readonly ram: string | undefined;
  readonly context: string | undefined;
  readonly batch: string | undefined;
  readonly from: string | undefined;
  readonly accountId: string | undefined;
  readonly network: boolean;
}
export type Parsed = { readonly kind: "ok"; readonly given: Arguments } | { readonly kind: "wrong"; readonly message: string };

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

/** Reads the command line. A word that starts with "-" and a digit ("week -1") is a word, not an option. */
export function parseArguments(argv: readonly string[]): Parsed {
  const protectedWords = argv.map((word) => (/^-\d/.test(word) ? `\u0000${word}` : word));
  try {
    const { values, positionals } = parseArgs({
      args: protectedWords,
      allowPositionals: true,
      options: {
        json: flag, yes: { ...flag, short: "y" }, jsonl: flag, network: flag, help: { ...flag, short: "h" },
        account: text, home: text, model: text, port: text, sample: text, "account-file": text, faults: text, vram: text, free: text, ram: text, context: text, batch: text, from: text, "account-id": text,
      },
    });
    const { account, home, model, port, sample, faults, vram, free, ram, context, batch, from } = values;
    if (account !== undefined && account !== "sample" && account !== "harvest") return { kind: "wrong", message: `--account is "sample" or "harvest", not "${account}".` };
    return {
      kind: "ok",
      given: {
        words: positionals.map((word) => word.replace(/^\u0000/, "")),
        json: values.json ?? false, yes: values.yes ?? false, jsonl: values.jsonl ?? false, network: values.network ?? false, help: values.help ?? false,
        account, home, model, port, sample, faults, vram, free, ram, context, batch, from, accountFile: values["account-file"], accountId: values["account-id"],
      },
    };
  } catch (error) {
    return { kind: "wrong", message: error instanceof Error ? error.message.split(". ")[0] ?? "" : "The command line cannot be read." };
  }
}
