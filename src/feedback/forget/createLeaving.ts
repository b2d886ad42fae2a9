import type { Log } from '../../base/log.ts';
import type { OptOuts } from '../../store/optOuts.ts';
import type { Forget } from './createForget.ts';

/** People who ask, where they talk, to be forgotten. */
export interface Leaving {
  /** Resolves when it is on disk that they asked: from then on nothing of theirs is taken in. The rest follows at once. */
  ask(spaceId: string, personId: string): Promise<void>;
  /** Goes on with whomever a crash left half forgotten. */
  resume(): void;
  stop(): Promise<void>;
}

export function createLeaving(deps: {
  readonly optOuts: Pick<OptOuts, 'add' | 'list'>;
  readonly forget: Pick<Forget, 'person' | 'isLeft'>;
  readonly voterOf: (personId: string) => string;
  readonly log: Pick<Log, 'error'>;
}): Leaving {
  const stopping = new AbortController();
  let turn: Promise<void> = Promise.resolve();

  /** One after the other: each sees to the indexes and the datasets of all. */
  function soon(spaceId: string, personId: string): void {
    const person = { spaceId, personId, voter: deps.voterOf(`${spaceId}:${personId}`) };
    turn = turn.then(async () => {
      if (stopping.signal.aborted) return;
      try {
        const { done, datasets, leftovers, unsettled } = await deps.forget.person(person, stopping.signal);
        if (done) return;
        const owed = [...datasets.filter((one) => one.owed), ...leftovers].map(({ sentence }) => sentence);
        deps.log.error({ space: spaceId, owed, unsettled }, 'of somebody who asked to be forgotten something is left');
      } catch (error) {
        if (!stopping.signal.aborted) {
          deps.log.error({ err: error, space: spaceId }, 'somebody who asked for it could not be forgotten yet');
        }
      }
    });
  }

  return {
    async ask(spaceId, personId) {
      await deps.optOuts.add({
        ...{ spaceId, personId, scope: 'everything' },
        voter: deps.voterOf(`${spaceId}:${personId}`),
      });
      soon(spaceId, personId);
    },
    resume() {
      for (const { spaceId, personId, scope } of deps.optOuts.list()) {
        const person = { spaceId, personId, voter: deps.voterOf(`${spaceId}:${personId}`) };
        if (scope === 'everything' && deps.forget.isLeft(person)) soon(spaceId, personId);
      }
    },
    async stop() {
      stopping.abort();
      await turn;
    },
  };
}
