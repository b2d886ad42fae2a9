import { z } from 'zod';
import type { Reservation } from '../../../platforms/slack/api/budget.ts';
import type { SlackApi } from '../../../platforms/slack/api/createSlackApi.ts';
import { createPump } from '../../createPump.ts';
import { messageSoFar } from '../render/renderAnswer.ts';
import type { Sender } from './createSender.ts';
import type { Destination } from './Destination.ts';
import type { Display } from './Display.ts';
import { metadataOf } from './metadata.ts';

const PACE_MS = 1_200;
/** Of the minute's changes, so many are left to answers that are finished. */
const LEFT_TO_OTHERS = 20;

/** An answer that is shown by changing a post, as often as the budget lets it; or, without any post, only at its end. */
export function createEditDisplay(deps: {
  readonly api: SlackApi;
  readonly sender: Sender;
  readonly to: Destination;
  readonly questionId: string;
  /** What is there already: a sign, an earlier answer. */
  readonly posts: readonly string[];
  /** Whether what is there is the sign already. */
  readonly isSign: boolean;
  readonly reserved?: Reservation | undefined;
  readonly signal: AbortSignal;
}): Display {
  const { api, to, signal } = deps;
  const pump = createPump({
    ...{ show, paceMs: PACE_MS, timing: api.timing, signal },
    shown: deps.isSign ? '' : undefined,
  });

  async function show(markdown: string): Promise<boolean> {
    const [ts] = deps.posts;
    if (!ts) return true;
    const asked = { method: 'chat.update', priority: 'show', channel: to.channel } as const;
    if (!api.budget.tryTake(asked, LEFT_TO_OTHERS)) return false;
    await update(ts, markdown);
    return true;
  }

  async function update(ts: string, markdown: string) {
    const metadata = metadataOf({ questionId: deps.questionId, part: 0, parts: 1 });
    const args = { channel: to.channel, ts, ...messageSoFar(markdown), metadata };
    try {
      await api.call('chat.update', args, { answer: z.object({}), priority: 'show', brief: true, taken: true });
    } catch {
      void pump.end(); // The end tells whether there is still something to change.
    }
  }

  async function over(): Promise<readonly string[]> {
    await pump.end();
    return deps.posts;
  }

  return {
    show: pump.want,
    async settle(rendering, mark) {
      const posts = await over();
      const reserved = deps.reserved ? { reserved: deps.reserved } : {};
      return deps.sender.settle(to, posts, rendering, { ...mark, ...reserved });
    },
    async leave() {
      deps.reserved?.release();
      return over();
    },
    idle: pump.idle,
  };
}
