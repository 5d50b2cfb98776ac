/** Leaves the words of sentences that people are shown unchanged: tests state which question is asked and with which answers, not how it is worded. */
const isSentence = (text) => /\s/.test(text.trim()) && /[.?!,:]|^[A-Z]/.test(text);

/** What the instrumenter asks about each node: why it is left alone, or undefined. */
export const sentences = {
  shouldIgnore({ node }) {
    const text = node.type === "StringLiteral" ? node.value : node.type === "TemplateLiteral" ? node.quasis.map((part) => part.value.raw).join("…") : "";
    return isSentence(text) ? "the wording of a sentence" : undefined;
  },
};
