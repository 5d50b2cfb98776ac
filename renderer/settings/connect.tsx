import { useState } from "react";
import type { FormEvent, ReactElement } from "react";
import type { AppState, Bridge, RequestOut, Said } from "../../electron/ipc/contract.ts";
import type { Saying } from "../design/use-said.ts";
import { pageWords } from "../design/words.ts";

type Accounts = Extract<RequestOut<"find-accounts">, { kind: "found" }>["accounts"];

interface ConnectProps {
  readonly bridge: Bridge;
  readonly keychain: AppState["account"]["keychain"];
  readonly saying: Saying;
}

function Steps(): ReactElement {
  return (
    <p>
      {pageWords.stepToken} <strong className="address">{pageWords.tokenPage}</strong> {pageWords.stepPaste}
    </p>
  );
}

interface AccountPickProps {
  readonly accounts: Accounts;
  readonly chosen: number | undefined;
  readonly onChoose: (id: number) => void;
}

function AccountPick({ accounts, chosen, onChoose }: AccountPickProps): ReactElement {
  return (
    <fieldset className="accounts">
      <legend>{pageWords.whichAccount}</legend>
      {accounts.map((account) => (
        <label key={account.id}>
          <input type="radio" name="account" checked={account.id === chosen} onChange={() => onChoose(account.id)} />
          {account.name} <small>{account.id}</small>
        </label>
      ))}
    </fieldset>
  );
}

/** A digit string as an account id; undefined for anything else. */
function idOf(text: string): number | undefined {
  const id = /^\d{1,15}$/.test(text.trim()) ? Number(text.trim()) : 0;
  return id > 0 ? id : undefined;
}

/** Token in, account picked, one real request to prove it. The token leaves the page only in these two requests and is forgotten once it works. */
export function Connect({ bridge, keychain, saying }: ConnectProps): ReactElement {
  const [token, setToken] = useState("");
  const [accounts, setAccounts] = useState<Accounts>();
  const [chosen, setChosen] = useState<number>();
  const [idText, setIdText] = useState("");
  const [session, setSession] = useState(keychain !== "ok");
  const [offered, setOffered] = useState(keychain !== "ok");
  const accountId = chosen ?? idOf(idText);

  const find = async (): Promise<Said> => {
    const found = await bridge.ask("find-accounts", { token: token.trim() });
    if (found.kind === "failed") return { ok: false, message: found.message };
    setAccounts(found.accounts);
    setChosen(found.accounts.length === 1 ? found.accounts[0]?.id : undefined);
    return { ok: found.accounts.length > 0, message: found.accounts.length > 0 ? "" : pageWords.noAccounts };
  };
  const connect = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (token.trim() === "") return;
    if (accountId === undefined) return void (await saying.run(find));
    const done = await saying.run(() => bridge.ask("connect", { token: token.trim(), accountId, keep: session ? "session" : "keychain" }));
    if (done) setToken("");
    else setOffered(true);
  };
  const ready = token.trim() !== "" && !saying.busy;
  return (
    <form className="stack connect" onSubmit={(event) => void connect(event)}>
      <h3>{pageWords.connectTitle}</h3>
      <Steps />
      <div className="pair">
        <label htmlFor="token">{pageWords.token}</label>
        <input id="token" className="full" type="password" autoComplete="off" spellCheck={false} value={token} onChange={(event) => setToken(event.target.value)} />
      </div>
      {accounts && accounts.length > 0 ? (
        <AccountPick accounts={accounts} chosen={chosen} onChoose={setChosen} />
      ) : (
        <>
          <div className="actions offset">
            <button type={accountId === undefined ? "submit" : "button"} disabled={!ready} onClick={accountId === undefined ? undefined : () => void saying.run(find)}>
              {saying.busy ? pageWords.connecting : pageWords.findAccounts}
            </button>
          </div>
          <div className="pair">
            <label htmlFor="account-id">{pageWords.accountId}</label>
            <input id="account-id" type="text" inputMode="numeric" autoComplete="off" value={idText} aria-describedby="account-hint" onChange={(event) => setIdText(event.target.value)} />
            <p id="account-hint" className="quietly">
              {pageWords.accountIdHint}
            </p>
          </div>
        </>
      )}
      {offered ? (
        <div className="stack">
          {keychain === "none" ? <p className="quietly">{pageWords.noKeychain}</p> : null}
          <label className="check">
            <input type="checkbox" checked={session} onChange={(event) => setSession(event.target.checked)} />
            {pageWords.keepSession}
          </label>
        </div>
      ) : null}
      <div className="actions offset">
        <button type="submit" className="primary" disabled={!ready || accountId === undefined}>
          {pageWords.connect}
        </button>
      </div>
    </form>
  );
}
