/**
 * Cases that are known to end in harm with a model that only says what is wanted (`label`) and is sure of it, and why: the rules hand the sentence on because of a
 * word, the label says nothing about that word, and the doubt is gone. Any other harm is new. A case that is mended is taken out.
 */
export const KNOWN_HARMS: ReadonlyMap<string, string> = new Map();
