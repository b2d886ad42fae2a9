import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpBrowser } from './httpBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

describe('a question in the web chat', () => {
  let chat: RunningWebChat;
  let browser: HttpBrowser;
  beforeEach(async () => {
    chat = await startWebChat();
    browser = await chat.signedIn();
  });
  afterEach(() => chat.stop());

  it('is answered in its thread, and the thread is in the list', async () => {
    chat.scripted.says({ pieces: ['Set it ', '[1].'], citations: [chat.harbour.vpn] });
    const { id, threadId, reply } = await browser.ask('Why is my VPN slow?');
    expect(reply.status).toBe(202);
    await chat.respond.idle();

    const thread = (await browser.get(`/api/threads/${threadId}`)).json;
    expect(thread.questions).toMatchObject([{ id, text: 'Why is my VPN slow?' }]);
    expect(thread.questions[0].answer).toMatchObject({
      status: 'answered',
      text: 'Set it [1].',
      erased: false,
      citations: [{ n: 1, title: '#ops · VPN on Linux', url: 'https://harbour.slack.com/archives/C1/p1' }],
    });
    expect((await browser.get('/api/threads')).json.threads).toMatchObject([
      { id: threadId, title: 'Why is my VPN slow?' },
    ]);
  });

  it('sent again is the same question', async () => {
    const { id, threadId } = await browser.ask('Why?');
    const again = await browser.ask('Why?', { id, threadId });
    await chat.respond.idle();
    const late = await browser.ask('Why?', { id, threadId });
    expect([again.reply.status, late.reply.status]).toEqual([200, 200]);
    expect(chat.scripted.requests).toHaveLength(1);
    expect((await browser.get(`/api/threads/${threadId}`)).json.questions).toHaveLength(1);
  });

  it('reads what everybody may read in each space, or in the one that was chosen', async () => {
    await browser.ask('Where?');
    await browser.ask('Where?', { space: 'local:guide' });
    await chat.respond.idle();
    expect(chat.scripted.requests.map(({ reader }) => reader)).toEqual([
      { kind: 'everybody', spaces: ['local:guide', 'slack:T1'] },
      { kind: 'everybody', spaces: ['local:guide'] },
    ]);
    const { reply } = await browser.ask('Where?', { space: 'slack:T9' });
    expect(reply.status).toBe(404);
    expect(reply.json.error).toMatch(/space/);
  });

  it('that follows another is asked with what was said before', async () => {
    chat.scripted.says({ pieces: ['Because.'] });
    const { threadId } = await browser.ask('Why?');
    await browser.ask('And then?', { threadId });
    await chat.respond.idle();
    expect(chat.scripted.requests[1]?.history).toEqual([
      { role: 'person', text: 'Why?' },
      { role: 'bot', text: 'Because.' },
    ]);
    const { questions } = (await browser.get(`/api/threads/${threadId}`)).json;
    expect(questions.map(({ text }: { text: string }) => text)).toEqual(['Why?', 'And then?']);
  });

  it('that is longer than allowed is refused and not stored', async () => {
    const { reply, threadId } = await browser.ask('é'.repeat(501));
    expect(reply.status).toBe(413);
    expect((await browser.get(`/api/threads/${threadId}`)).status).toBe(404);
    expect((await browser.ask('é'.repeat(500))).reply.status).toBe(202);
  });

  it('waits its turn: four at a time of one browser', async () => {
    chat.scripted.hold();
    const asked = [];
    for (let i = 0; i < 4; i++) asked.push(await browser.ask(`Number ${i}?`));
    const fifth = await browser.ask('One more?');
    expect(fifth.reply.status).toBe(429);
    expect(fifth.reply.json.error).toMatch(/wait/);
    expect((await browser.ask('Number 0?', asked[0])).reply.status).toBe(200);
    expect((await (await chat.signedIn()).ask('Mine?')).reply.status).toBe(202);
    chat.scripted.step(20);
    await chat.respond.idle();
    expect((await browser.ask('One more?')).reply.status).toBe(202);
  });

  it('can be seen before its answer is begun', async () => {
    chat.scripted.hold();
    const { threadId } = await browser.ask('First?');
    const second = await browser.ask('Second?', { threadId });
    const { questions } = (await browser.get(`/api/threads/${threadId}`)).json;
    expect(questions).toMatchObject([{ text: 'First?' }, { id: second.id, text: 'Second?' }]);
    chat.scripted.step(20);
    await chat.respond.idle();
  });

  it('tells the page what it may say of itself', async () => {
    expect((await browser.get('/api/about')).json).toEqual({
      spaces: [
        { id: 'local:guide', name: 'Guide' },
        { id: 'slack:T1', name: 'Harbour' },
      ],
      suggestions: ['Why is my VPN slow?', 'How do I set up the VPN?'],
      status: { passages: 18, importing: false, wordsOnly: false },
      questionCharacters: 500,
    });
  });
});

describe('a question that could not be stored', () => {
  it('is refused in a sentence, and can be asked again', async () => {
    let broken = true;
    const chat = await startWebChat({
      accept: async () => {
        if (broken) throw new Error('the disk says no');
        return true;
      },
    });
    try {
      const browser = await chat.signedIn();
      const { id, threadId, reply } = await browser.ask('Why?');
      expect(reply.status).toBe(500);
      expect(reply.json.error).not.toContain('disk');
      expect((await browser.get(`/api/threads/${threadId}`)).status).toBe(404);
      broken = false;
      expect((await browser.ask('Why?', { id, threadId })).reply.status).toBe(202);
    } finally {
      await chat.stop();
    }
  });
});
