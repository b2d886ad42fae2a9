/** Beyond these an opinion is clear; between them it goes to review. */
export const CLEARLY_GOOD = 0.8;
export const CLEARLY_BAD = 0.2;

/**
 * How probable it is that most people find an answer good, after `up` and `down` distinct voters and a uniform prior:
 * P(θ > 1/2) under Beta(1 + up, 1 + down). One thumb gives 0.75, two alike 0.875, two against one 0.69.
 */
export function goodness(up: number, down: number): number {
  // For whole numbers the regularised incomplete beta function is a tail of the binomial distribution.
  const draws = up + down + 1;
  let logChoose = 0;
  let sum = 0;
  for (let k = 0; k <= up; k++) {
    sum += Math.exp(logChoose - draws * Math.LN2);
    logChoose += Math.log(draws - k) - Math.log(k + 1);
  }
  return Math.min(1, sum);
}
