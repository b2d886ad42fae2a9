import type { Names } from '../../store/names.ts';
import type { WordSearch } from '../../store/wordSearch/wordSearch.ts';
import { expandFollowUp } from '../words/followUp.ts';
import { ftsMatch } from '../words/ftsMatch.ts';
import { type QueryTerm, queryTerms } from '../words/query.ts';
import { personToken } from '../words/scan.ts';
import { selectTerms } from '../words/selectTerms.ts';
import type { SearchInput } from './createRetrieve.ts';
import { TITLE_WEIGHT } from './fuse.ts';

/** How much a person who is named in the question counts beside its words. */
const PERSON_WEIGHT = 0.5;

/** Passages by their words (BM25), best first, and the terms that were looked for. */
export async function searchWords(
  deps: { readonly words: WordSearch; readonly names: Names; readonly candidates: number },
  { request, language, passageLanguages, audiences }: SearchInput,
): Promise<{ hits: { id: number; score: number }[]; terms: string[] }> {
  const languages = { language, passageLanguages };
  const texts = expandFollowUp(request.question, request.history);
  const asked: QueryTerm[] = texts.flatMap(({ text, weight }) =>
    queryTerms(text, languages).map((term) => ({ ...term, weight: term.weight * weight })),
  );
  asked.push(...peopleNamed(deps.names, request.question, audiences));
  const tokens = [...new Set(asked.flatMap(({ alternatives }) => alternatives.flatMap((a) => a.split(' '))))];
  const { counts, passages } = await deps.words.counts(tokens);
  const terms = selectTerms(asked, (token) => counts.get(token) ?? 0, passages);
  const hits = await deps.words.search({
    match: ftsMatch(terms),
    audiences: audiences.map(({ id }) => id),
    titleWeight: TITLE_WEIGHT,
    limit: deps.candidates,
  });
  return { hits, terms: terms.flatMap(({ alternatives }) => alternatives.slice(0, 1)) };
}

/** "what did Anna say": texts hold people's ids, so a name is looked for as the ids of those who bear it. */
function peopleNamed(names: Names, question: string, audiences: SearchInput['audiences']): QueryTerm[] {
  const spaces = [...new Set(audiences.map(({ spaceId }) => spaceId))];
  const words = question.match(/[\p{L}\p{N}._-]{3,}/gu) ?? [];
  if (words.length === 0 || words.length > 64) return [];
  const named = names.peopleCalled(spaces, words);
  return named.map(({ id }) => ({ alternatives: [personToken(id)], weight: PERSON_WEIGHT }));
}
