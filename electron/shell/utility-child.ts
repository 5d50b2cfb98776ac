import { utilityProcess } from "electron";
import type { Child } from "../child/child.ts";

/** Starts `module` as an Electron utilityProcess: it may crash or be killed without hurting the app. */
export function utilityChild(module: string, name: string, env: NodeJS.ProcessEnv = process.env): Child {
  // Electron points the session bus at a dead address for its own use; the keychain helper needs the real one, which main still has.
  const child = utilityProcess.fork(module, [], { serviceName: name, stdio: "ignore", env: { ...env } });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => {
      child.on("message", listener);
    },
    onExit: (listener) => {
      child.once("exit", (code) => listener(code));
    },
    kill: () => {
      const { pid } = child;
      // `kill()` asks politely; a hung native call would not hear it.
      if (pid !== undefined) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          child.kill();
        }
      } else child.kill();
    },
    get pid() {
      return child.pid;
    },
  };
}
