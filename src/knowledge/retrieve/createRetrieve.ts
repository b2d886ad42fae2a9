import type { Audiences } from '../../store/audiences.ts';
import type { Names } from '../../store/names.ts';
import type { Passages } from '../../store/passages.ts';
import type { WordSearch } from '../../store/wordSearch/wordSearch.ts';
import { detectLanguage } from '../words/language.ts';
import { fuse, weightsFor } from './fuse.ts';
import type { Hit, Retrieval, Retrieve, RetrieveRequest } from './Retrieve.ts';
import { createVectorSearch, type VectorSearchDeps } from './searchVectors.ts';
import { searchWords } from './searchWords.ts';
import { fold, weigh } from './weigh.ts';

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
    const timed = { words: 0, vectors: 0 };

    const words = ways.includes('words')
      ? timing(
          deps.now,
          (ms) => (timed.words = ms),
          () => searchWords(deps, { request, language, passageLanguages: languages(), audiences }),
        )
      : Promise.resolve({ hits: [], terms: [] });
    const vectors = ways.includes('vectors')
      ? timing(
          deps.now,
          (ms) => (timed.vectors = ms),
          () => searchVectors(request, audiences),
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
        .map((passage) => [passage.id, passage]),
    );
    const nowUs = deps.now() * 1000;
    const hits = suggested.flatMap((suggestion): Hit[] => {
      const passage = present.get(suggestion.id);
      if (!passage) return [];
      const { score, words, vectors } = suggestion;
      const found = { ...(words ? { words } : {}), ...(vectors ? { vectors } : {}) };
      return [weigh({ passage, score, ...found, alsoIn: [] }, nowUs, deps.halfLifeDays)];
    });
    hits.sort((a, b) => b.score - a.score || a.passage.id - b.passage.id);

    return {
      hits: fold(hits).slice(0, limit),
      terms: byWords.terms,
      language,
      ...('unavailable' in byVectors && byVectors.unavailable ? { wordsOnly: byVectors.unavailable } : {}),
      audiences: audiences.length,
      refused: suggested.length - present.size,
      timingsMs: { ...timed, check: deps.now() - checkBegun },
    } satisfies Retrieval;
  };
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
