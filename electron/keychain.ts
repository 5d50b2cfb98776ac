import { parentLine } from "./child/child.ts";
import { answerKeychain } from "./secrets/keychain.ts";

const line = parentLine();
line.onMessage((message) => {
  void answerKeychain(message).then((reply) => {
    if (reply) line.post(reply);
  });
});
