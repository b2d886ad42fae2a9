import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createBuiltinEmbedder } from '../../../src/knowledge/embed/builtin.ts';
import { createPreparation } from '../../../src/knowledge/ingest/Preparation.ts';
import { createThinkingThreads } from '../../../src/knowledge/ingest/thinkingThreads.ts';
import { createReplyLinker } from '../../../src/knowledge/segment/createReplyLinker.ts';
import { said } from './openTestKnowledge.ts';

const size = { target: 120, max: 200, overlap: 20 };
const here = createPreparation({ linker: createReplyLinker(), size });
const threads = createThinkingThreads({ size });
afterEach(() => threads.close());

const TALK = [
  said('1', 0, 'ANNA', 'How do I mount a usb stick that is formatted with ntfs?'),
  said('2', 1, 'BEN', 'my wireless card is not found any more, what can I do?'),
  said('3', 2, 'CARO', '<@ANNA> install ntfs-3g and mount it with that'),
  said('4', 3, 'ANNA', '<@CARO> great, that works', { threadId: '1' }),
];

describe('the threads that think', () => {
  it('says what this one would say, and ends when told, also in the middle', async () => {
    expect(await threads.preparation.antecedents(TALK.slice(0, 1), TALK.slice(1))).toEqual(
      await here.antecedents(TALK.slice(0, 1), TALK.slice(1)),
    );
    const conversations = [{ rootId: '1', messages: TALK }];
    expect(await threads.preparation.build(conversations, 'https://chat.example')).toEqual(
      await here.build(conversations, 'https://chat.example'),
    );
    const kind = 'passage' as const;
    expect(await threads.embed(['a passage', ''])).toEqual(
      await createBuiltinEmbedder().embed(['a passage', ''], { kind }),
    );

    const cutOff = threads.preparation.build(conversations, '');
    const closing = threads.close();
    await expect(cutOff).rejects.toMatchObject({ code: 'cancelled' });
    await closing;
    await expect(threads.embed(['late'])).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('end when nothing is asked for a while, and begin again with the next request', async () => {
    const ended = Promise.withResolvers<void>();
    const watch = (worker: Worker) => void worker.once('exit', () => ended.resolve());
    process.once('worker', watch);
    const hasty = createThinkingThreads({ size, idleMs: 0 });
    try {
      const first = await hasty.embed(['a passage']);
      await ended.promise;
      expect(await hasty.embed(['a passage'])).toEqual(first);
    } finally {
      process.off('worker', watch);
      await hasty.close();
    }
  });
});
