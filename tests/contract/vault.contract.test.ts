import { createMemoryVault } from "../../electron/secrets/memory.ts";
import { vaultSuite } from "./vault-suite.ts";

vaultSuite("memory vault", createMemoryVault);
