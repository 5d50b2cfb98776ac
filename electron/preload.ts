import { contextBridge } from "electron";
import { createBridge } from "./ipc/bridge.ts";

contextBridge.exposeInMainWorld("stint", createBridge());
