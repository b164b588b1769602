/** Gives numbers from 0 up to 1, the same ones for the same seed. */
export type Random = () => number;

/** A source of numbers for something that has a name: what is made of it does not depend on what was made before. */
export function randomFor(seed: number, ...name: readonly (string | number)[]): Random {
  let state = seed >>> 0;
  for (const character of JSON.stringify(name)) {
    state = Math.imul(state ^ character.charCodeAt(0), 16_777_619) >>> 0;
  }
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from 0 up to, but not including, `end`. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}

/** As many hexadecimal digits. */
export function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => below(random, 16).toString(16)).join("");
}
