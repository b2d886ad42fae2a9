import { detectLanguage } from '../../words/language.ts';
import type { Evidence } from '../Evidence.ts';
import type { Quotable, Sought } from './Quoted.ts';
import { quoteConversation } from './quoteConversation.ts';
import { quotePage } from './quotePage.ts';

/** The order of retrieval counts for so much, the words of the excerpt for the rest. */
const STRENGTH = 0.6;
/** A passage in another language than the question is harder to read for the one who asked. */
const FOREIGN = 0.85;

/**
 * The part of a passage that answers a question best, or undefined if none of it has to do with the question.
 * @param strength how good the passage is among the others, 0 to 1
 */
export function quotableOf(evidence: Evidence, sought: Sought, strength: number): Quotable | undefined {
  const excerpt =
    evidence.kind === 'conversation' ? quoteConversation(evidence, sought, strength) : quotePage(evidence, sought);
  if (excerpt === undefined) return undefined;
  const foreign = isForeign(evidence.text, sought.language) ? FOREIGN : 1;
  return { ...excerpt, evidence, worth: excerpt.fit * (1 - STRENGTH + STRENGTH * strength) * foreign };
}

function isForeign(text: string, language: string): boolean {
  if (language === 'und') return false;
  const found = detectLanguage(text);
  return found !== 'und' && found !== language;
}
