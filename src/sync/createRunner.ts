import { BackscrollError } from '../base/BackscrollError.ts';
import type { Log } from '../base/log.ts';
import type { Timing } from '../base/Timing.ts';
import type { Ingest } from '../knowledge/ingest/Ingest.ts';
import type { Documents } from '../store/documents.ts';
import type { SyncDocuments } from '../store/syncDocuments.ts';
import type { SyncStates } from '../store/syncStates.ts';
import { prune } from './prune.ts';
import type { Source, SourceIo, SyncProgress } from './sources/Source.ts';
import { createTaker, type Taken } from './takeItems.ts';

/** A source that hands nothing over, and tells nothing, for so long is given up for this time. */
const SILENCE_MS = 20 * 60_000;
/** How far a run is, is written down at most so often. */
const PROGRESS_EVERY_MS = 1_000;

export interface RunOutcome extends Taken {
  readonly id: string;
  readonly name: string;
  /** What stopped it; absent when it came to its end. */
  readonly error?: string;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly report?: (progress: SyncProgress) => void;
}

/** One sync of one source. Never throws for what is wrong with the source: that is its state, and others go on. */
export interface Runner {
  /** Joins the run that is under way, if there is one. */
  run(source: Source, options: RunOptions): Promise<RunOutcome>;
  isRunning(id: string): boolean;
  /** Ends the run that is under way, if there is one. Resolves when nothing more comes of it. */
  end(id: string): Promise<void>;
}

export function createRunner(deps: {
  readonly ingest: Ingest;
  readonly states: SyncStates;
  readonly documents: SyncDocuments;
  readonly stored: Pick<Documents, 'keys'>;
  readonly shrinkShare: number;
  readonly timing: Timing;
  /** Something was stored that is to be indexed. */
  readonly onStored: (source: Source, what: 'messages' | 'pages') => void;
  readonly log: Log;
}): Runner {
  const { states, documents, timing, log } = deps;
  const running = new Map<string, Promise<RunOutcome>>();
  /** Runs that were given up, and may still be at it. */
  const held = new Map<string, Promise<unknown>>();
  const ends = new Map<string, AbortController>();

  async function work(source: Source, { signal: asked, report }: RunOptions): Promise<RunOutcome> {
    const { id, name } = source.about;
    const ended = new AbortController();
    const signal = AbortSignal.any([asked, ended.signal]);
    const taker = createTaker(id, deps);
    let heardMs = timing.now();
    let writtenMs = Number.NEGATIVE_INFINITY;
    const io: SourceIo = {
      ...{ signal, now: timing.now },
      remembered: (key) => documents.memory(id, key),
      report(progress) {
        heardMs = timing.now();
        report?.(progress);
        if (heardMs - writtenMs < PROGRESS_EVERY_MS) return;
        writtenMs = heardMs;
        const { toGoMs, ...counts } = progress;
        states.runs.progress(id, { ...counts, ...(toGoMs === undefined ? {} : { untilMs: heardMs + toGoMs }) });
      },
    };

    async function read() {
      const cursor = states.find(id)?.cursor;
      for await (const item of source.changes?.since(cursor, io) ?? []) {
        heardMs = timing.now();
        signal.throwIfAborted();
        await taker.take(item);
        if (item.kind === 'messages') deps.onStored(source, 'messages');
        else if (item.kind === 'page' || item.kind === 'gone') deps.onStored(source, 'pages');
      }
      signal.throwIfAborted();
      if (source.everything) {
        await prune(source, source.everything, io, { ...deps, taker });
        deps.onStored(source, 'pages');
      }
    }

    /** A source that hangs holds up itself alone. */
    async function watch() {
      while (!ended.signal.aborted) {
        const quietMs = timing.now() - heardMs;
        if (quietMs >= SILENCE_MS) {
          throw new BackscrollError('unavailable', `${name} has not answered for ${SILENCE_MS / 60_000} minutes.`);
        }
        await timing.wait(SILENCE_MS - quietMs, signal);
        // Whoever stops us does not wait for a source that hangs.
        if (asked.aborted) throw asked.reason;
      }
    }

    states.runs.begin(id);
    const reading = read();
    try {
      await Promise.race([reading, watch()]);
      states.runs.end(id);
      return { id, name, ...taker.taken() };
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      if (!asked.aborted) {
        states.runs.end(id, sentence);
        // Where in our code it was noticed is worth telling only of what we did not foresee.
        const err = error instanceof BackscrollError ? {} : { err: error };
        log.warn({ ...err, source: id }, `${name} could not be synced: ${sentence}`);
      }
      return { id, name, ...taker.taken(), error: sentence };
    } finally {
      ended.abort(new BackscrollError('cancelled', 'The run is over.'));
      // Until it has let go, no other run of it begins.
      held.set(
        id,
        reading.catch(() => {}),
      );
    }
  }
  return {
    isRunning: (id) => running.has(id),
    async end(id) {
      ends.get(id)?.abort(new BackscrollError('cancelled', 'It was removed while it was read.'));
      await running.get(id);
      await held.get(id);
    },
    run(source, options) {
      const { id } = source.about;
      const known = running.get(id);
      if (known) return known;
      const end = new AbortController();
      ends.set(id, end);
      const signal = AbortSignal.any([options.signal, end.signal]);
      const mine = (held.get(id) ?? Promise.resolve())
        .then(() => work(source, { ...options, signal }))
        .finally(() => {
          running.delete(id);
          ends.delete(id);
        });
      running.set(id, mine);
      return mine;
    },
  };
}
