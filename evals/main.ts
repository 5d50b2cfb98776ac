import { calibrateCommand } from "./calibrate.ts";
import { evalsCommand } from "./command.ts";

const [first, second] = process.argv.slice(2);
process.exitCode = first === "--calibrate" ? await calibrateCommand(second) : await evalsCommand(process.argv.slice(2));
