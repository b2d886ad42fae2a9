import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Log } from '../../base/log.ts';
import type { AudienceRecord } from '../../store/audiences.ts';
import type { Generations } from '../../store/vectorQueue.ts';
import { collectionsFor } from '../chroma/placement.ts';
import type { Embedder } from '../embed/Embedder.ts';
import type { VectorHit, VectorIndex } from '../VectorIndex.ts';
import { expandFollowUp } from '../words/followUp.ts';
import type { RetrieveRequest } from './Retrieve.ts';

export interface VectorSearchDeps {
  readonly index: VectorIndex;
  readonly embedder: Embedder;
  /** An embedder for vectors of an earlier generation, while the present one's fill; undefined when there is none. */
  readonly embedderFor: (embedderId: string) => Embedder | undefined;
  readonly generations: Generations;
  /** Resolves when the vector server answers, or rejects: a first question may come before it does. */
  readonly vectorsReady: (signal: AbortSignal) => Promise<void>;
  readonly candidates: number;
  readonly vectorTimeoutMs: number;
  readonly log: Log;
}

export interface VectorSearchResult {
  readonly hits: { readonly id: number; readonly distance: number }[];
  /** Why there are none, in a sentence for the trace. */
  readonly unavailable?: string;
}

/** Passages by their vectors, nearest first; what fails or takes too long is said and left out, never thrown. */
export function createVectorSearch(deps: VectorSearchDeps) {
  return async (
    request: RetrieveRequest,
    audiences: readonly AudienceRecord[],
    candidates = deps.candidates,
  ): Promise<VectorSearchResult> => {
    if (audiences.length === 0) return { hits: [] };
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(deps.vectorTimeoutMs)]);
    try {
      return { hits: await orAborted(search(request, audiences, signal, candidates), signal) };
    } catch (error) {
      if (request.signal.aborted) throw error;
      if (!(error instanceof BackscrollError) && !signal.aborted)
        deps.log.error({ err: error }, 'the search over vectors failed');
      const sentence =
        error instanceof BackscrollError
          ? error.message
          : `The search over vectors took longer than ${deps.vectorTimeoutMs} ms.`;
      return { hits: [], unavailable: sentence };
    }
  };

  async function search(
    request: RetrieveRequest,
    audiences: readonly AudienceRecord[],
    signal: AbortSignal,
    candidates: number,
  ) {
    const serving = (await deps.generations.list()).find(({ state }) => state === 'serving');
    if (!serving) return [];
    const embedder = serving.embedder === deps.embedder.id ? deps.embedder : deps.embedderFor(serving.embedder);
    if (!embedder) {
      throw new BackscrollError(
        'unavailable',
        `The vectors of ${serving.embedder} cannot be asked any more, and the new ones still fill.`,
      );
    }
    const text = expandFollowUp(request.question, request.history)
      .map((part) => part.text)
      .join('\n');
    const [vectors] = await Promise.all([
      embedder.embed([text], { kind: 'question', signal }),
      deps.vectorsReady(signal),
    ]);
    const vector = vectors[0] as Float32Array;
    const found = await Promise.all(
      collectionsFor({ generation: serving.name, audiences }).map(({ collection, audiences: filter }) =>
        deps.index.query(collection, vector, {
          limit: candidates,
          signal,
          ...(filter ? { audiences: filter } : {}),
        }),
      ),
    );
    return nearest(found.flat(), candidates);
  }
}

/** The nearest of several collections; a vector that moves from one to another may be in both. */
function nearest(hits: VectorHit[], limit: number): { id: number; distance: number }[] {
  const best = new Map<string, number>();
  for (const { id, distance } of hits) best.set(id, Math.min(distance, best.get(id) ?? Number.POSITIVE_INFINITY));
  return [...best]
    .map(([id, distance]) => ({ id: Number(id), distance }))
    .sort((a, b) => a.distance - b.distance || a.id - b.id)
    .slice(0, limit);
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    signal.addEventListener('abort', aborted, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}
