import { createRoot } from "react-dom/client";
import { openBridge } from "../bridge.ts";
import "../design/tokens.css";
import "../design/controls.css";
import "../design/page.css";
import "./history.css";
import { History } from "./history.tsx";

const bridge = await openBridge();
const root = document.getElementById("root");
if (root) createRoot(root).render(<History bridge={bridge} />);
