import { randomUUID } from 'node:crypto';
import { shortHash } from '../../../src/base/hash.ts';
import type { Question } from '../../../src/bots/Chat.ts';
import { questionId } from '../../../src/bots/web/questionId.ts';
import type { QuestionView } from '../../../src/bots/web/views.ts';
import { describeChat } from '../../contracts/chat.ts';
import { startWebChat } from './startWebChat.ts';

describeChat('the web chat', async () => {
  const running = await startWebChat();
  const { store, web } = running;
  const personId = 'web:person';
  const threadId = randomUUID();
  const browser = running.stranger();
  await store.webSessions.begin(shortHash('a cookie'), personId);
  browser.cookies.set(`backscroll_${new URL(running.url).port}`, encodeURIComponent('a cookie'));
  let atMs = 0;

  function putQuestion({ id, text, atMs: askedMs }: Question) {
    return store.answers.putQuestion({ id, platform: 'web', channelId: personId, threadId, personId, text, askedMs });
  }

  return {
    chat: web.chat,
    question: () => ({
      id: questionId({ personId, threadId, uuid: randomUUID() }),
      platform: 'web',
      ...{ personId, channelId: personId, threadId, text: 'When?', atMs: ++atMs, history: [] },
      reader: { kind: 'everybody', spaces: [] },
    }),
    async store(question, answer) {
      const id = randomUUID();
      await putQuestion(question);
      await store.answers.put(
        { ...answer, id, questionId: question.id, answeredMs: atMs },
        { body: '{}', passageIds: [], keptUntilMs: 1 },
      );
      return id;
    },
    async seen(question) {
      const { json } = await browser.get(`/api/threads/${threadId}`);
      const views = (json.questions as QuestionView[]).filter(({ id }) => question.id.endsWith(id));
      return views.map(({ answer, shown }) => {
        if (!answer) return { state: 'working', text: shown ?? '' };
        return { state: answer.status === 'failed' ? 'failed' : 'finished', text: answer.text };
      });
    },
    stop: () => running.stop(),
  };
});
