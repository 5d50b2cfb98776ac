/**
 * Elements and bytes of one block of each number format, by its number in ggml. Formats that ggml removed are absent. Source: the
 * block structures of ggml, as of the llama.cpp release that the engine uses.
 */
export const BLOCKS: ReadonlyMap<number, readonly [elements: number, bytes: number]> = new Map([
  [0, [1, 4]],
  [1, [1, 2]],
  [2, [32, 18]],
  [3, [32, 20]],
  [6, [32, 22]],
  [7, [32, 24]],
  [8, [32, 34]],
  [9, [32, 36]],
  [10, [256, 84]],
  [11, [256, 110]],
  [12, [256, 144]],
  [13, [256, 176]],
  [14, [256, 210]],
  [15, [256, 292]],
  [16, [256, 66]],
  [17, [256, 74]],
  [18, [256, 98]],
  [19, [256, 50]],
  [20, [32, 18]],
  [21, [256, 110]],
  [22, [256, 82]],
  [23, [256, 136]],
  [24, [1, 1]],
  [25, [1, 2]],
  [26, [1, 4]],
  [27, [1, 8]],
  [28, [1, 8]],
  [29, [256, 56]],
  [30, [1, 2]],
  [34, [256, 54]],
  [35, [256, 66]],
  [39, [32, 17]],
  [40, [64, 36]],
  [41, [128, 18]],
  [42, [64, 18]],
]);

/** The formats that the catalogue's files are made of, by their numbers in ggml. */
export const FORMATS = { F32: 0, F16: 1, Q4_0: 2, Q5_0: 6, Q8_0: 8, Q4_K: 12, Q6_K: 14, BF16: 30, MXFP4: 39 } as const;
export type Format = keyof typeof FORMATS;

/**
 * The format that llama.cpp's quantizer gives a matrix whose rows are `row` long when it wants `wanted`: blocks of 256 that do not
 * divide a row fall back to formats with blocks of 32.
 */
export function formatFor(wanted: Format, row: number): Format {
  if (wanted === "Q4_K" && row % 256 !== 0) return "Q5_0";
  if (wanted === "Q6_K" && row % 256 !== 0) return "Q8_0";
  return wanted;
}

/** Whether Q4_K_M keeps layer `i` of `layers` in more bits: the first and the last eighth, and every third between them. */
export function keepsMoreBits(i: number, layers: number): boolean {
  const eighth = Math.floor(layers / 8);
  return i < eighth || i >= Math.floor((7 * layers) / 8) || (i - eighth) % 3 === 2;
}
