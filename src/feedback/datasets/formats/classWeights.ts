/** Desirable to undesirable, weighed: KTO learns best between 1:1 and 4:3 (Ethayarajh et al. 2024, and TRL's advice). */
const MOST = 4 / 3;

/** What a KTO trainer wants as `desirable_weight` and `undesirable_weight` for so many rows of each class. */
export function classWeights(desirable: number, undesirable: number): { desirable: number; undesirable: number } {
  if (desirable === 0 || undesirable === 0) return { desirable: 1, undesirable: 1 };
  const ratio = desirable / undesirable;
  if (ratio >= 1 && ratio <= MOST) return { desirable: 1, undesirable: 1 };
  // Right in the middle, so that rounding does not leave the range.
  const wanted = (1 + MOST) / 2;
  return ratio > MOST
    ? { desirable: 1, undesirable: rounded(ratio / wanted) }
    : { desirable: rounded(wanted / ratio), undesirable: 1 };
}

const rounded = (weight: number) => Number(weight.toPrecision(4));
