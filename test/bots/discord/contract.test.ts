import { randomUUID } from 'node:crypto';
import type { Question } from '../../../src/bots/Chat.ts';
import { questionId } from '../../../src/bots/discord/questionId.ts';
import { describeChat } from '../../contracts/chat.ts';
import { isFinished, shown } from './helpers.ts';
import { startDiscordBot } from './startDiscordBot.ts';

for (const place of ['channel', 'direct message'] as const) {
  describeChat(`Discord in a ${place}`, async () => {
    const bot = await startDiscordBot({ discord: { limits: 'off' } });
    const { fake, store, office } = bot;
    await bot.connect();
    const channel = place === 'channel' ? office.ops : fake.dm(office.mara);
    const guildId = place === 'channel' ? office.guild : '0';
    const space = `discord:${office.guild}`;
    return {
      chat: bot.discord.chat,
      question(): Question {
        // Said by a bot, whom nobody answers: the contract is about what the chat does when it is handed the question.
        const { id } = fake.fill(channel, [{ userId: office.mara, text: '…' }])[0] as { id: string };
        return {
          id: questionId({ kind: 'message', guildId, channelId: channel, messageId: id }),
          ...{ platform: 'discord', personId: office.mara, channelId: channel, threadId: id, text: 'When?' },
          ...{ atMs: fake.clock.now(), history: [] },
          reader:
            place === 'channel'
              ? { kind: 'place', space, channelId: channel }
              : { kind: 'person', space, personId: office.mara },
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
        await bot.discord.chat.shown();
        const own = bot.ofBot(channel).filter((post) => post.replyTo === question.threadId);
        return own.map((post) => {
          const text = shown(post);
          return { text, state: !isFinished(post) ? 'working' : text.includes('Trace `') ? 'failed' : 'finished' };
        });
      },
      stop: () => bot.stop(),
    };
  });
}
