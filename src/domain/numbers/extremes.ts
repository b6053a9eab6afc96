/** The largest of some numbers, and of `least`. There can be any number of them: `Math.max(...numbers)` fails at about 120,000. */
export function largest(numbers: Iterable<number>, least = Number.NEGATIVE_INFINITY): number {
  let result = least;
  for (const number of numbers) if (number > result) result = number;
  return result;
}

/** The smallest of some numbers; infinity if there are none. There can be any number of them. */
export function smallest(numbers: Iterable<number>): number {
  let result = Number.POSITIVE_INFINITY;
  for (const number of numbers) if (number < result) result = number;
  return result;
}
