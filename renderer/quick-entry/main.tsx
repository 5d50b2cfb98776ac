import { createRoot } from "react-dom/client";
import { openBridge } from "../bridge.ts";
import "../design/tokens.css";
import "../design/controls.css";
import "./quick-entry.css";
import "./parts.css";
import "./operations.css";
import "./editors.css";
import "./states.css";
import "./footer.css";
import { QuickEntry } from "./quick-entry.tsx";

const bridge = await openBridge();
const root = document.getElementById("root");
if (root) createRoot(root).render(<QuickEntry bridge={bridge} />);
