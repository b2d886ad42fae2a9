import type { Audiences } from '../../store/audiences.ts';
import type { Names } from '../../store/names.ts';
import type { Passages } from '../../store/passages.ts';
import type { WordSearch } from '../../store/wordSearch/wordSearch.ts';
import { detectLanguage } from '../words/language.ts';
import { fuse, weightsFor } from './fuse.ts';
import { likenessesOf } from './likenessesOf.ts';
import type { Hit, Retrieval, Retrieve, RetrieveRequest } from './Retrieve.ts';
import { createVectorSearch, type VectorSearchDeps } from './searchVectors.ts';
import { searchWords } from './searchWords.ts';
import { fold, STRANGE_BELOW, type Votes, type VotesOf, weigh } from './weigh.ts';

const SOURCE_CANDIDATES = 500;

/** Retrieval over words and vectors, fused; the database has the last word on every hit. */
export function createRetrieve(
  deps: VectorSearchDeps & {
    readonly words: WordSearch;
    readonly passages: Passages;
    readonly names: Names;
    readonly audiences: Audiences;
    readonly candidates: number;
    readonly halfLifeDays: number;
    readonly now: () => number;
    readonly votes?: VotesOf;
  },
): Retrieve {
  const searchVectors = createVectorSearch(deps);
  const languages = remembered(() => deps.passages.languages(), deps.now);

  return async (request) => {
    const { question, reader, limit, ways = ['words', 'vectors'] } = request;
    // Nothing to look for: the vector of no words would still be near to something.
    if (!/[\p{L}\p{N}]/u.test(question)) return nothingFound();
    const language = detectLanguage(question, languages());
    const audiences = deps.audiences(reader);
    // The indexes know no sources: where only one counts, they have to suggest more.
    const own = request.sourceId === undefined ? deps : { ...deps, candidates: SOURCE_CANDIDATES };
    const timed = { words: 0, vectors: 0 };

    const words = ways.includes('words')
      ? timing(
          deps.now,
          (ms) => (timed.words = ms),
          () => searchWords(own, { request, language, passageLanguages: languages(), audiences }),
        )
      : Promise.resolve({ hits: [], terms: [] });
    const vectors = ways.includes('vectors')
      ? timing(
          deps.now,
          (ms) => (timed.vectors = ms),
          () => searchVectors(request, audiences, own.candidates),
        )
      : Promise.resolve({ hits: [] });
    const [byWords, byVectors] = await Promise.all([words, vectors]);

    const checkBegun = deps.now();
    const suggested = fuse({ words: byWords.hits, vectors: byVectors.hits }, weightsFor(deps.embedder.id));
    // Who may read what is asked again: it may have changed while we searched.
    const present = new Map(
      deps.passages
        .readable(
          suggested.map(({ id }) => id),
          deps.audiences(reader).map(({ id }) => id),
        )
        .filter(({ sourceId }) => request.sourceId === undefined || sourceId === request.sourceId)
        .map((passage) => [passage.id, passage]),
    );
    const votes = votesOn([...present.keys()], request.reader);
    const learned = [...present.values()].filter((passage) => passage.learned);
    const alike = await likenessesOf(
      deps.words,
      question,
      learned.map(({ documentTitle }) => documentTitle),
      language,
    );
    const likeness = new Map(learned.map(({ id }, i) => [id, alike[i]]));
    const nowUs = deps.now() * 1000;
    const hits = suggested.flatMap((suggestion): Hit[] => {
      const passage = present.get(suggestion.id);
      if (!passage) return [];
      // What people confirmed stands in its passages already: it is for its own question, and would crowd others.
      if (passage.learned === 'confirmed' && (likeness.get(passage.id) ?? 0) < STRANGE_BELOW) return [];
      const { score, words, vectors } = suggestion;
      const found = { ...(words ? { words } : {}), ...(vectors ? { vectors } : {}) };
      const hit = { passage, score, ...found, alsoIn: [] };
      return [
        weigh(hit, nowUs, deps.halfLifeDays, {
          votes: votes.get(suggestion.id),
          likeness: likeness.get(suggestion.id),
        }),
      ];
    });
    hits.sort((a, b) => b.score - a.score || a.passage.id - b.passage.id);

    return {
      hits: fold(hits)
        .slice(0, limit)
        .map((hit) => ({ ...hit, score: Math.min(1, hit.score) })),
      terms: byWords.terms,
      language,
      ...('unavailable' in byVectors && byVectors.unavailable ? { wordsOnly: byVectors.unavailable } : {}),
      audiences: audiences.length,
      refused: suggested.length - present.size,
      timingsMs: { ...timed, check: deps.now() - checkBegun },
    } satisfies Retrieval;
  };

  /** Votes count only for who may read where they were cast. */
  function votesOn(ids: readonly number[], reader: RetrieveRequest['reader']): Map<number, Votes> {
    if (!deps.votes) return new Map();
    const audienceIds = deps.audiences(reader).map(({ id }) => id);
    const own = reader.kind === 'person' ? { personId: reader.personId } : {};
    return new Map(deps.votes(ids, { audienceIds, ...own }).map((votes) => [votes.passageId, votes]));
  }
}

function nothingFound(): Retrieval {
  const timingsMs = { words: 0, vectors: 0, check: 0 };
  return { hits: [], terms: [], language: 'und', audiences: 0, refused: 0, timingsMs };
}

export type SearchInput = {
  readonly request: RetrieveRequest;
  readonly language: string;
  readonly passageLanguages: readonly string[];
  readonly audiences: readonly { readonly id: number; readonly spaceId: string }[];
};

async function timing<T>(now: () => number, tell: (ms: number) => void, work: () => Promise<T>): Promise<T> {
  const begun = now();
  try {
    return await work();
  } finally {
    tell(now() - begun);
  }
}

const REMEMBERED_MS = 60_000;

/** Which languages there are changes rarely and costs a walk over all passages. */
function remembered<T>(find: () => T, now: () => number): () => T {
  let known: { value: T; atMs: number } | undefined;
  return () => {
    if (!known || now() - known.atMs > REMEMBERED_MS) known = { value: find(), atMs: now() };
    return known.value;
  };
}
