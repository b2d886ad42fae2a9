import { isNearDuplicate } from '../words/similar.ts';
import type { Hit } from './Retrieve.ts';

const DAY_US = 86_400_000_000;
/** How much of its score a passage can lose by age, and gain or lose by what people marked; small beside relevance. */
const AGE_SHARE = 0.08;
const CONFIRMED_SHARE = 0.06;
const CONTRADICTED_SHARE = 0.12;

/**
 * Puts the newer and the confirmed ahead of the older and the contradicted, where they are about as good otherwise.
 * @param halfLifeDays after so many days half of the bonus for being new is gone
 */
export function weigh(hit: Hit, nowUs: number, halfLifeDays: number): Hit {
  const { passage } = hit;
  const saidUs = passage.toUs ?? passage.documentAtUs;
  const ageDays = saidUs === undefined ? halfLifeDays : Math.max(0, (nowUs - saidUs) / DAY_US);
  const newness = 2 ** (-ageDays / halfLifeDays);
  const confirmed = saturating(passage.confirmations);
  const contradicted = saturating(passage.contradictions);
  const factor = 1 - AGE_SHARE * (1 - newness) + CONFIRMED_SHARE * confirmed - CONTRADICTED_SHARE * contradicted;
  return { ...hit, score: Math.max(0, Math.min(1, hit.score * factor)) };
}

/** 0 for none, 0.5 for one, nearing 1. */
const saturating = (n: number) => n / (n + 1);

/**
 * Folds passages that say nearly the same into the best of them; of two that are equally good the newer stays.
 * @param hits best first
 */
export function fold(hits: readonly Hit[]): Hit[] {
  const kept: { hit: Hit; folded: number[] }[] = [];
  for (const hit of hits) {
    const { signature } = hit.passage;
    const same = signature
      ? kept.find(({ hit: { passage } }) => passage.signature && isNearDuplicate(passage.signature, signature))
      : undefined;
    if (!same) kept.push({ hit, folded: [] });
    else if (isNewer(hit, same.hit)) {
      same.folded.push(same.hit.passage.id);
      same.hit = { ...hit, score: same.hit.score };
    } else same.folded.push(hit.passage.id);
  }
  return kept.map(({ hit, folded }) => ({ ...hit, alsoIn: folded }));
}

function isNewer(a: Hit, b: Hit): boolean {
  const at = ({ passage }: Hit) => passage.toUs ?? passage.documentAtUs ?? 0;
  return at(a) > at(b);
}
