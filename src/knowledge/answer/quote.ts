import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Answer, Answerer, AnswerRequest, ReleasedText } from './Answer.ts';
import { abstain } from './abstain.ts';
import { askedFor, coverage, type Rarity } from './asked.ts';
import { createAllowedLinks } from './clean/allowedLinks.ts';
import { contentSet } from './content.ts';
import { type Enough, isEnough, wholeQuestion } from './enough.ts';
import { chooseQuotes } from './quotes/chooseQuotes.ts';
import type { Quotable } from './quotes/Quoted.ts';
import { showQuote } from './showQuote.ts';
import { createSupport } from './support.ts';
import { say } from './wording.ts';

export interface QuotingOptions {
  /** How rare a token is in all passages, 0 to 1, if the index tells; else it is guessed from the evidence. */
  readonly rarity?: Rarity;
}

/** What of the question was found must be in the quotes too, at least this share of it. */
const MIN_SHARE = 0.5;

/** Answers without a model: quotes the best sentences of the best passages, or says that it does not know. */
export function createQuotingAnswerer(options: QuotingOptions = {}): Answerer {
  return {
    async answer(request, release) {
      const { question, history, evidence, language, notes } = request;
      if (request.signal.aborted) throw new BackscrollError('cancelled', 'The question was withdrawn.');
      const enough = isEnough(question, evidence, language, { history, ...options });
      if (!enough.enough) return abstain(request, enough, release);
      const links = createAllowedLinks(evidence);
      const support = createSupport(evidence, language);
      const asked = wholeQuestion(question, language, history);
      const quotes = chooseQuotes(asked, evidence, language, options.rarity);
      const pieces: ReleasedText[] = [];
      const citations: Answer['citations'][number][] = [];
      for (const quote of quotes) {
        const shown = showQuote(quote, links);
        const citation = support.cite(quote.evidence.n, '');
        if (shown === undefined || citation === undefined) continue;
        pieces.push({ text: `\n\n${shown}` });
        citations.push({ ...citation, quote: quote.verbatim });
      }
      if (citations.length === 0 || !isAnswered(quotes, asked, enough, request))
        return abstain(request, nothingQuotable(enough), release);
      pieces.unshift({ text: say(language, 'quotes') });
      for (const piece of pieces) release(piece);
      return { status: 'answered', text: pieces.map((piece) => piece.text).join(''), citations, notes };
    },
  };
}

/** Where the question's words stand only in questions that nobody answered, what is left is about something else. */
function isAnswered(
  quotes: readonly Quotable[],
  question: string,
  enough: Enough,
  { evidence, language }: Pick<AnswerRequest, 'evidence' | 'language'>,
): boolean {
  if (evidence.every(({ kind }) => kind === 'page')) return true;
  const quoted = new Set(
    quotes.flatMap(({ about, evidence: { title } }) => [...about, ...contentSet(title, language)]),
  );
  return coverage(askedFor(question, language), quoted) >= enough.coverage * MIN_SHARE;
}

function nothingQuotable(enough: Enough): Pick<Enough, 'reason' | 'coverage'> {
  return { reason: 'not-covered', coverage: enough.coverage };
}
