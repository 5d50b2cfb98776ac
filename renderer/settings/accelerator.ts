/** The parts of a key press that a hotkey is made of. */
export interface KeyPress {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

const named: Readonly<Record<string, string>> = {
  Space: "Space",
  Enter: "Enter",
  Tab: "Tab",
  Backspace: "Backspace",
  Delete: "Delete",
  Insert: "Insert",
  Home: "Home",
  End: "End",
  PageUp: "PageUp",
  PageDown: "PageDown",
  ArrowUp: "Up",
  ArrowDown: "Down",
  ArrowLeft: "Left",
  ArrowRight: "Right",
};

function keyOf(code: string): string | undefined {
  const plain = /^(?:Key([A-Z])|Digit(\d)|(F(?:[1-9]|1\d|2[0-4])))$/.exec(code);
  return plain?.[1] ?? plain?.[2] ?? plain?.[3] ?? named[code];
}

/**
 * A press as Electron writes it ("Ctrl+Alt+H"). Undefined while only modifiers are held, and for a key that would be lost
 * to every other program: one without Ctrl, Alt or the Windows key, unless it is a function key.
 */
export function acceleratorOf(press: KeyPress): string | undefined {
  const key = keyOf(press.code);
  if (key === undefined) return undefined;
  const strong = press.ctrlKey || press.altKey || press.metaKey;
  if (!strong && !/^F\d/.test(key)) return undefined;
  return [press.ctrlKey && "Ctrl", press.altKey && "Alt", press.shiftKey && "Shift", press.metaKey && "Super", key].filter(Boolean).join("+");
}
