import { createRoot } from "react-dom/client";
import { openBridge } from "../bridge.ts";
import "../design/tokens.css";
import "../design/controls.css";
import "../design/page.css";
import "./models.css";
import { Models } from "./models.tsx";

const bridge = await openBridge();
const root = document.getElementById("root");
if (root) createRoot(root).render(<Models bridge={bridge} />);
