import type { Answer, AnswerRequest, ReleasedText } from './Answer.ts';
import type { Evidence } from './Evidence.ts';
import type { Enough } from './enough.ts';
import { showPlace } from './showQuote.ts';
import { createSupport } from './support.ts';
import { say } from './wording.ts';

const MAX_PLACES = 3;

/**
 * The honest "I don't know" in the question's language, with up to three places to look, if any has to do with the
 * question. The places are citations too, so that their links may be shown.
 */
export function abstain(
  request: AnswerRequest,
  enough: Pick<Enough, 'reason' | 'coverage'>,
  release: (piece: ReleasedText) => void,
): Answer {
  const { evidence, language, question, notes } = request;
  const places = enough.coverage > 0 ? nearest(evidence) : [];
  const sentence = say(language, enough.reason === 'no-words' ? 'noWords' : 'dontKnow');
  const list = places.map(showPlace).join('\n');
  const text = list === '' ? sentence : `${sentence}\n\n${say(language, 'nearest')}\n${list}`;
  const support = createSupport(evidence, language);
  const citations = places.map((place) => support.cite(place.n, question)).filter((citation) => citation !== undefined);
  release({ text });
  return { status: 'abstained', text, citations, notes };
}

/** The first passages of different documents. */
function nearest(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ url }) => !seen.has(url) && seen.add(url)).slice(0, MAX_PLACES);
}
