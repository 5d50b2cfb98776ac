import type { LanguageModel } from "../agent/model.ts";
import { serverAddress } from "../engine/external/address.ts";
import { createExternalModel } from "../engine/external/external-model.ts";
import type { ModelRow, Said } from "../ipc/contract.ts";
import type { SettingsV1 } from "../settings/v1.ts";

/** The choice "the model server of one's own". */
export const SERVER = "server";

/** A model server that the user has named, behind the same doors as a model of this computer. */
export interface ModelServer {
  /** Its line in the list; undefined while none is named. */
  row(chosen: boolean): ModelRow | undefined;
  /** Asks it which models it has: whether it answers, and what it means that sentences go there. */
  look(): Promise<Said>;
  readonly model: LanguageModel;
}

/** Reads the settings anew each time, so that another address counts at once. */
export function createModelServer(given: () => SettingsV1["server"]): ModelServer {
  const open = () => {
    const server = given();
    const address = server === undefined ? undefined : serverAddress(server.address, server.allowNetwork);
    return { server, address, external: server && address?.kind === "address" ? createExternalModel({ server: address, model: server.model === "" ? undefined : server.model }) : undefined };
  };
  const none = "No model server is named.";
  return {
    row: (chosen) => {
      const { server, address } = open();
      if (!server || !address) return undefined;
      const detail = address.kind === "address" ? address.warning : address.message;
      return { id: SERVER, name: server.model === "" ? "Model server" : `${server.model} (model server)`, state: address.kind === "address" ? "ready" : "failed", detail, chosen };
    },
    look: async () => {
      const { address, external } = open();
      if (!external) return { ok: false, message: address?.kind === "refused" ? address.message : none };
      const models = await external.models();
      if (models.kind === "failed") return { ok: false, message: models.message };
      return { ok: true, message: address?.kind === "address" ? address.warning : "" };
    },
    model: {
      complete: async (request, cancel) => {
        const { address, external } = open();
        return external ? external.complete(request, cancel) : { kind: "failed", code: "no-model", message: address?.kind === "refused" ? address.message : none };
      },
    },
  };
}
