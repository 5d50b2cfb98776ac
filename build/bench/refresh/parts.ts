export { openHarvest } from "../../../electron/account/connection.ts";
export { readEnvironment } from "../../../electron/account/environment.ts";
export { openHome } from "../../../electron/account/home.ts";
export { createOpener } from "../../../electron/account/opener.ts";
export { createAccount } from "../../../electron/harvest/sandbox/accounts.ts";
export { startSandbox } from "../../../electron/harvest/sandbox/server.ts";
export { createSettingsStore } from "../../../electron/settings/store.ts";
