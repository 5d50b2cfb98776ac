import { globalShortcut } from "electron";

export interface HotkeyState {
  readonly accelerator: string;
  readonly registered: boolean;
  /** One sentence when the shortcut does not work. */
  readonly message?: string | undefined;
}

/** The one global shortcut. `use` keeps the shortcut that worked when the new one is refused. */
export interface Hotkey {
  state(): HotkeyState;
  use(accelerator: string): HotkeyState;
  release(): void;
}

function tryRegister(accelerator: string, pressed: () => void): boolean {
  try {
    return globalShortcut.register(accelerator, pressed);
  } catch {
    // Electron throws on a text that is no accelerator at all.
    return false;
  }
}

/** Registers nothing until `use`. `pressed` runs for each press, from any application. */
export function createHotkey(pressed: () => void): Hotkey {
  const held: { now: HotkeyState } = { now: { accelerator: "", registered: false } };
  return {
    state: () => held.now,
    use: (accelerator) => {
      const before = held.now;
      if (before.registered && before.accelerator === accelerator) return before;
      if (tryRegister(accelerator, pressed)) {
        if (before.registered) globalShortcut.unregister(before.accelerator);
        held.now = { accelerator, registered: true };
        return held.now;
      }
      const message = `The shortcut ${accelerator} is taken by another program or cannot be used. Open Stint from the tray, or choose another shortcut in Settings.`;
      if (!before.registered) held.now = { accelerator, registered: false, message };
      return { accelerator, registered: false, message };
    },
    release: () => globalShortcut.unregisterAll(),
  };
}
