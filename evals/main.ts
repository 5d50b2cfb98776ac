import { evalsCommand } from "./command.ts";

process.exitCode = await evalsCommand(process.argv.slice(2));
