import { randomUUID } from 'node:crypto';
import type { Question } from '../../../src/bots/Chat.ts';
import { questionId } from '../../../src/bots/slack/questionId.ts';
import { describeChat } from '../../contracts/chat.ts';
import { startSlackBot } from './startSlackBot.ts';

for (const place of ['channel', 'pane'] as const) {
  describeChat(`Slack in a ${place}`, async () => {
    const bot = await startSlackBot({ slack: { subscriptions: [] } });
    const { fake, store } = bot;
    await bot.connect();
    const person = fake.user('U1');
    const channel = place === 'pane' ? fake.dm('U1') : 'C1';
    const root = place === 'pane' ? person.opensAssistant().threadTs : person.says('C1', 'By the way').ts;
    return {
      chat: bot.slack.chat,
      question(): Question {
        // Said to nobody: the contract is about what the chat does when it is handed the question.
        const { ts } = person.says(channel, '…', { thread: root });
        return {
          id: questionId({ teamId: fake.teamId, channelId: channel, threadTs: root, ts }),
          ...{ platform: 'slack', personId: 'U1', channelId: channel, threadId: root, text: 'When?' },
          ...{ atMs: fake.clock.now(), history: [] },
          reader:
            place === 'pane'
              ? { kind: 'person', space: `slack:${fake.teamId}`, personId: 'U1' }
              : { kind: 'place', space: `slack:${fake.teamId}`, channelId: channel },
        };
      },
      async store(question, answer) {
        const id = randomUUID();
        await store.answers.putQuestion({ ...question, askedMs: question.atMs });
        const record = { ...answer, id, questionId: question.id, answeredMs: question.atMs };
        await store.answers.put(record, { body: '{}', passageIds: [], keptUntilMs: 1 });
        return id;
      },
      async seen(question) {
        await bot.slack.chat.shown();
        const own = bot
          .answers(channel, root)
          .filter((post) => store.posts.find('slack', channel, post.ts)?.questionId === question.id);
        if (own.length === 0 && fake.status(channel, root)) return [{ state: 'working', text: '' }];
        return own.map((post) => {
          const text = JSON.stringify([post.text, post.blocks]);
          const isDone = Boolean((post.metadata?.event_payload as { answer_id?: string } | undefined)?.answer_id);
          const state = !isDone ? 'working' : text.includes('Trace `') ? 'failed' : 'finished';
          return { state, text };
        });
      },
      stop: () => bot.stop(),
    };
  });
}
