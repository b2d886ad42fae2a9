import { type Fragment, fragment } from './Fragment.ts';
import { fnv1a } from './hash.ts';
import type { PieceSize } from './Piece.ts';

/**
 * Joins the fragments of one section into runs of about `target` tokens, never above `max`. What leads in stays with
 * what it introduces. A run that is long enough also ends before a fragment whose own hash says so: so a paragraph
 * inserted at the top of a long section moves the cuts that follow only up to the next such place, not all of them.
 */
export function packFragments(fragments: readonly Fragment[], size: PieceSize): Fragment[] {
  const runs: Fragment[][] = [];
  let run: Fragment[] = [];
  let tokens = 0;

  for (const next of fragments) {
    const last = run.at(-1);
    const leads = last?.leadsIn === true;
    const fits = tokens + next.tokens + 1 <= (leads ? size.max : size.target);
    const landmark = !leads && tokens >= size.target * 0.6 && fnv1a(next.begins) % 4 === 0;
    if (last !== undefined && (!fits || landmark || next.repeats)) {
      const takesAlong = leads && run.length > 1 && last.tokens + next.tokens + 1 <= size.max;
      if (takesAlong) run.pop();
      runs.push(run);
      run = takesAlong ? [last] : [];
      tokens = takesAlong ? last.tokens + 1 : 0;
    }
    run.push(next);
    tokens += next.tokens + 1;
  }
  if (run.length > 0) runs.push(run);
  return joinTail(runs, size).map(joined);
}

/** A few words left over at the end belong to what they end. */
function joinTail(runs: Fragment[][], size: PieceSize): Fragment[][] {
  const tail = runs.at(-1);
  const before = runs.at(-2);
  if (tail === undefined || before === undefined || tail[0]?.repeats) return runs;
  const cost = (run: readonly Fragment[]) => run.reduce((total, { tokens }) => total + tokens + 1, 0);
  if (cost(tail) > size.target / 8 || cost(before) + cost(tail) > size.max) return runs;
  return [...runs.slice(0, -2), [...before, ...tail]];
}

function joined(run: readonly Fragment[]): Fragment {
  const [first, ...others] = run;
  if (first !== undefined && others.length === 0) return first;
  return fragment(run.map(({ text }) => text).join('\n\n'), {
    begins: first?.begins ?? '',
    repeats: first?.repeats ?? false,
  });
}
