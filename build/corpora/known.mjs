/**
 * Kinds of phrase that the convention leaves out on purpose, told by their category or shape and with the reason. Such rows are shown, and a silent
 * wrong answer to one still counts as wrong; only "nothing" and a question are set apart. No row's text stands here: the rows belong to others.
 */
export const LEFT_OUT = [];

/** The first reason for which a row is left out, or undefined. */
export const leftOut = (row) => LEFT_OUT.find((each) => each.applies(row));
