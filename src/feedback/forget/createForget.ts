import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Forgetting, ForgottenFeedback, PersonKey } from '../../store/forgetting.ts';
import type { OptOuts } from '../../store/optOuts.ts';
import type { Folders } from '../datasets/folder/createFolders.ts';
import type { Rebuild, Rebuilt } from './createRebuild.ts';

/** What was done of what was still to be done. */
export interface Resumed extends Rebuilt {
  /** Why bytes that were erased may still be on the disk; undefined when they are not. */
  readonly unsettled?: string;
  /** True when nothing is owed any more. */
  readonly done: boolean;
}

export interface ForgetReport extends ForgottenFeedback, Resumed {
  readonly messages: number;
  /** Models that were trained on what is gone: they still know it. */
  readonly models: readonly string[];
}

/** What is still to be done for whoever was forgotten. */
export interface Owed {
  /** Datasets that still have words of theirs. */
  readonly datasets: readonly { readonly id: string; readonly folder: string }[];
  /** Folders that killed exports left. */
  readonly leftovers: readonly string[];
  /** Whether bytes are still to leave the disk of the home. */
  readonly scrub: boolean;
}

const MESSAGES_AT_ONCE = 500;

/**
 * Forgets a person: their messages, questions, votes' owners and words, their name, and every row made of them. What was
 * counted stays counted. Datasets that held any of it are built again in their folders; where that fails the report says
 * so, the dataset stays owed, and everything else is done all the same.
 */
export interface Forget {
  person(person: PersonKey, signal: AbortSignal): Promise<ForgetReport>;
  /** Whether anything of them is still there. */
  isLeft(person: PersonKey): boolean;
  owed(): Owed;
  /** Does what a crash, or what stood in the way, left to be done. Rejects only when stopped. */
  resume(signal: AbortSignal): Promise<Resumed>;
}

export function createForget(deps: {
  readonly forgetting: Forgetting;
  readonly optOuts: Pick<OptOuts, 'add'>;
  readonly folders: Pick<Folders, 'left'>;
  readonly rebuild: Rebuild;
  /** Takes messages away as if they had been deleted. */
  readonly removeMessages: (sourceId: number, ids: readonly string[]) => Promise<void>;
  /** Brings the indexes to what is there, and what is gone off the disk. */
  readonly settle: (signal: AbortSignal) => Promise<void>;
}): Forget {
  const { forgetting, rebuild } = deps;

  async function resume(signal: AbortSignal): Promise<Resumed> {
    const rebuilt = await rebuild.all(signal);
    const unsettled = await whyUnsettled(deps.settle, signal);
    const done =
      unsettled === undefined && rebuilt.leftovers.length === 0 && rebuilt.datasets.every(({ owed }) => !owed);
    return { ...rebuilt, ...(unsettled === undefined ? {} : { unsettled }), done };
  }

  return {
    resume,
    isLeft: (person) =>
      forgetting.messages(person, 1) !== undefined || forgetting.hasAsked(person) || forgetting.hasVoted(person.voter),
    owed: () => ({
      datasets: rebuild.owed().map(({ id, folder }) => ({ id, folder })),
      leftovers: deps.folders.left(),
      scrub: forgetting.owesScrub(),
    }),
    async person(person, signal) {
      const { spaceId, personId, voter } = person;
      if (spaceId !== undefined) await deps.optOuts.add({ spaceId, personId, voter, scope: 'everything' });
      // While it can still be told what rests on whom; a crash after it forgets nothing of the work. Nothing is awaited
      // before their words go: a dataset that was begun before is marked here, and one that is begun later has none of them.
      const { models } = forgetting.datasetsOf(forgetting.answersOf(person));
      // The messages go last: as long as one is there, whoever starts next knows that there is something left to do.
      const counted = forgetting.feedback(person);
      let messages = 0;
      for (
        let some = forgetting.messages(person, MESSAGES_AT_ONCE);
        some;
        some = forgetting.messages(person, MESSAGES_AT_ONCE)
      ) {
        await deps.removeMessages(some.sourceId, some.ids);
        messages += some.ids.length;
        signal.throwIfAborted();
      }
      return { ...counted, messages, models, ...(await resume(signal)) };
    },
  };
}

async function whyUnsettled(
  settle: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    await settle(signal);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    const why =
      error instanceof BackscrollError ? error.message : `Something went wrong inside: ${(error as Error).message}`;
    return `What was erased may still be on the disk; run \`backscroll forget\` again when this is mended. ${why}`;
  }
}
