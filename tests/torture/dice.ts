/** Numbers in [0, 1) that come again from the same seed. */
export type Dice = () => number;

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const roll = (dice: Dice, sides: number): number => Math.floor(dice() * sides);

/** One of `from`, which must not be empty. */
export function pickOf<T>(dice: Dice, from: readonly T[]): T {
  const found = from[roll(dice, from.length)];
  if (found === undefined) throw new Error("There is nothing to pick from.");
  return found;
}
