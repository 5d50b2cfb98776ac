import { z } from "zod";
import { rulesSchema } from "../core/rules.ts";

/*
 * Version 1 of the settings file. Frozen: files of this shape are on people's disks. A field may be added with a default; a field that
 * changes its meaning makes a version 2 beside this file, and a step in migrate.ts. Never a token: that lives in the keychain.
 */

const account = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("sample") }),
  z.object({
    kind: z.literal("harvest"),
    accountId: z.int().positive(),
    /** The company's name in Harvest. */
    name: z.string(),
    userId: z.int().positive(),
    userName: z.string(),
    /** IANA zone of the user's Harvest profile. */
    zone: z.string().optional(),
  }),
]);

const shortcut = z.object({
  name: z.string().min(1).max(80),
  project: z.int(),
  task: z.int().optional(),
  notes: z.string().max(2_000).optional(),
  hours: z.number().min(0).max(24).optional(),
});

export const settingsV1 = z.object({
  version: z.literal(1),
  /** An Electron accelerator. */
  hotkey: z.string().min(1).max(60).default("Control+Alt+H"),
  account: account.default({ kind: "sample" }),
  /** The id of a model in the store, or "rules": no model at all. */
  model: z.string().min(1).max(200).default("rules"),
  /** Addresses that models are fetched from before their own place is asked. */
  modelMirrors: z.array(z.url({ protocol: /^https?$/ })).max(10).readonly().default([]),
  /** Minutes without a request after which the model is unloaded; 0 keeps it. */
  idleMinutes: z.number().min(0).max(1440).default(10),
  /** What models run on: the best that works, or only this one. */
  backend: z.enum(["auto", "cuda", "vulkan", "cpu"]).default("auto"),
  /** A model server of the user's own (OpenAI-compatible); absent: none. `model` "" is the first it names. */
  server: z.object({ address: z.string().min(1).max(500), model: z.string().max(200).default(""), allowNetwork: z.boolean().default(false) }).optional(),
  /** Here and in `dateOrder`, "account": as the Harvest account says. */
  weekStart: z.enum(["monday", "sunday", "saturday", "account"]).default("account"),
  dateOrder: z.enum(["MDY", "DMY", "YMD", "account"]).default("account"),
  /** How days and lengths are understood where the convention leaves a choice. */
  reading: rulesSchema.default(() => rulesSchema.parse({})),
  rounding: z.object({ minutes: z.int().min(1).max(60), mode: z.enum(["nearest", "up", "down"]) }).optional(),
  shortcuts: z.array(shortcut).max(500).readonly().default([]),
});

/** What a person has chosen, as one plain object. */
export type SettingsV1 = Readonly<z.infer<typeof settingsV1>>;
