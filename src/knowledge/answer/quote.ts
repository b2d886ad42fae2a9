import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Answer, Answerer, ReleasedText } from './Answer.ts';
import { abstain } from './abstain.ts';
import type { Rarity } from './asked.ts';
import { chooseQuotes } from './chooseQuotes.ts';
import { createAllowedLinks } from './clean/allowedLinks.ts';
import { type Enough, isEnough, wholeQuestion } from './enough.ts';
import { showQuote } from './showQuote.ts';
import { createSupport } from './support.ts';
import { say } from './wording.ts';

export interface QuotingOptions {
  /** How rare a token is in all passages, 0 to 1, if the index tells; else it is guessed from the evidence. */
  readonly rarity?: Rarity;
}

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
        citations.push({
          ...citation,
          quote: quote.units
            .map((unit) => unit.text)
            .join('')
            .trim(),
        });
      }
      if (citations.length === 0) return abstain(request, nothingQuotable(enough), release);
      pieces.unshift({ text: say(language, 'quotes') });
      for (const piece of pieces) release(piece);
      return { status: 'answered', text: pieces.map((piece) => piece.text).join(''), citations, notes };
    },
  };
}

function nothingQuotable(enough: Enough): Pick<Enough, 'reason' | 'coverage'> {
  return { reason: 'not-covered', coverage: enough.coverage };
}
