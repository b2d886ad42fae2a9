import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpBrowser } from './httpBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

describe('an answer in the web chat', () => {
  let chat: RunningWebChat;
  let browser: HttpBrowser;
  let threadId: string;
  let answerId: string;
  beforeEach(async () => {
    chat = await startWebChat();
    browser = await chat.signedIn();
    const { vpn, setup } = chat.harbour;
    const traced = { documentId: 1, version: 1 };
    chat.scripted.says({
      pieces: ['Set the packet size [1]. See the guide [2].'],
      citations: [vpn, setup],
      trace: {
        passages: [
          { ...traced, passageId: vpn.passageId, score: 0.91, n: 1, words: { rank: 1, score: 7.5 } },
          { ...traced, passageId: setup.passageId, score: 0.42, n: 2, vectors: { rank: 2, distance: 0.25 } },
        ],
      },
    });
    ({ threadId } = await browser.ask('Why is it <b>slow</b>?'));
    await chat.respond.idle();
    answerId = (await browser.get(`/api/threads/${threadId}`)).json.questions[0].answer.id;
  });
  afterEach(() => chat.stop());

  const vote = (value: string, eventId: string = randomUUID()) =>
    browser.put(`/api/answers/${answerId}/vote`, { eventId, value });
  const correct = (text: string, eventId: string = randomUUID()) =>
    browser.post(`/api/answers/${answerId}/correction`, { eventId, text });
  const shown = async () => (await browser.get(`/api/threads/${threadId}`)).json.questions[0].answer;

  it('takes a vote, another one, and its withdrawal', async () => {
    expect((await vote('up')).json).toEqual({ vote: 'up' });
    expect((await vote('down')).json).toEqual({ vote: 'down' });
    expect(await shown()).toMatchObject({ vote: 'down' });
    expect((await vote('withdrawn')).json).toEqual({});
    expect(await chat.store.feedbackEvents.counts()).toEqual({ up: 0, down: 0, corrections: 0 });
  });

  it('takes a vote that is sent again once, and an old one does not overtake a new one', async () => {
    const eventId = randomUUID();
    await vote('up', eventId);
    await vote('down');
    expect((await vote('up', eventId)).json).toEqual({ vote: 'down' });
  });

  it('takes a reason with a thumb down, which goes when the thumb does', async () => {
    const because = (reason: string, value = 'down') =>
      browser.put(`/api/answers/${answerId}/vote`, { eventId: randomUUID(), value, reason });
    expect((await because('out-of-date')).json).toEqual({ vote: 'down', reason: 'out-of-date' });
    expect(await shown()).toMatchObject({ vote: 'down', reason: 'out-of-date' });
    expect((await because('wrong-sources')).json).toEqual({ vote: 'down', reason: 'wrong-sources' });
    expect((await vote('down')).json).toEqual({ vote: 'down' });
    await because('other');
    expect((await vote('up')).json).toEqual({ vote: 'up' });
    expect((await because('wrong', 'up')).status).toBe(400);
    expect((await because('because I say so')).status).toBe(400);
    expect(await shown()).toMatchObject({ vote: 'up' });
  });

  it('refuses a vote that is none', async () => {
    expect((await vote('sideways')).status).toBe(400);
    expect((await vote('up', 'not-a-uuid')).status).toBe(400);
    expect((await browser.put('/api/answers/nothing/vote', { eventId: randomUUID(), value: 'up' })).status).toBe(404);
  });

  it('takes a correction beside the vote', async () => {
    await vote('down');
    expect((await correct('  Set MTU to 1380. ')).json).toEqual({ vote: 'down', correction: 'Set MTU to 1380.' });
    expect(await shown()).toMatchObject({ vote: 'down', correction: 'Set MTU to 1380.' });
  });

  it('refuses a correction that is empty or too long, in a sentence', async () => {
    expect((await correct('  ')).json.error).toMatch(/empty/);
    const long = await correct('a'.repeat(20_001));
    expect(long.status).toBe(400);
    expect(long.json.error).toMatch(/20000/);
    expect((await correct('a'.repeat(300_000))).status).toBe(413);
  });

  it('opens a citation in its place', async () => {
    const { json } = await browser.get(`/api/answers/${answerId}/citations/1`);
    expect(json).toMatchObject({
      n: 1,
      title: '#ops · VPN on Linux',
      url: 'https://harbour.slack.com/archives/C1/p1',
      kind: 'conversation',
      quote: 'Set `MTU = 1380` in the configuration and start it again.',
      atMs: Date.UTC(2026, 2, 4, 9, 30),
    });
    expect(json.passages).toEqual([
      { at: -1, text: 'Tom: My VPN is *slow* at home.', cited: false },
      {
        text: 'Mara Lind: It is the packet size.\nMara Lind: Set `MTU = 1380` in the configuration and start it again.',
        at: 0,
        cited: true,
      },
      { at: 1, text: 'Tom: That **was** it, thanks!', cited: false },
    ]);
    expect(json.people.sort()).toEqual(['Mara Lind', 'Tom']);
    expect((await browser.get(`/api/answers/${answerId}/citations/3`)).status).toBe(404);
  });

  it('opens more or less around a citation, as far as its document goes', async () => {
    const around = async (query: string) => {
      const { passages, more } = (await browser.get(`/api/answers/${answerId}/citations/1${query}`)).json;
      return { at: passages.map(({ at }: { at: number }) => at), more };
    };
    expect(await around('')).toEqual({ at: [-1, 0, 1], more: { before: false, after: false } });
    expect(await around('?before=0&after=0')).toEqual({ at: [0], more: { before: true, after: true } });
    expect(await around('?before=0&after=9')).toEqual({ at: [0, 1], more: { before: true, after: false } });
    expect((await around('?before=-3&after=1e9')).at).toEqual([-1, 0, 1]);
  });

  it('hands out addresses of the web only', async () => {
    expect((await shown()).citations).toMatchObject([{ url: 'https://harbour.slack.com/archives/C1/p1' }, { url: '' }]);
    expect((await browser.get(`/api/answers/${answerId}/citations/2`)).json.url).toBe('');
  });

  it('asks the database anew at each look: what was closed meanwhile stays closed', async () => {
    await chat.harbour.close();
    const refused = await browser.get(`/api/answers/${answerId}/citations/1`);
    expect(refused.status).toBe(404);
    expect(refused.json.error).toMatch(/cannot be read any more/);
    expect(refused.text).not.toContain('MTU');
    const { passages } = (await browser.get(`/api/answers/${answerId}/trace`)).json;
    expect(passages[0].title).toBeUndefined();
    expect(passages[1].title).toBe('VPN');
  });

  it('shows no words while what it rested on is closed to everybody', async () => {
    expect((await shown()).text).not.toBe('');
    await chat.harbour.close();
    expect(await shown()).toMatchObject({ text: '', citations: [], erased: true });
  });

  it('has no words any more when what it rested on was removed', async () => {
    await chat.store.removal.source(chat.harbour.channel);
    // The trace names the passages that the answer rests on.
    expect(await shown()).toMatchObject({ erased: true, text: '' });
    expect((await browser.get(`/api/answers/${answerId}/citations/1`)).status).toBe(404);
  });

  it('says why it is what it is', async () => {
    const { json } = await browser.get(`/api/answers/${answerId}/trace`);
    expect(json).toMatchObject({
      id: answerId,
      question: 'Why is it <b>slow</b>?',
      status: 'answered',
      timings: { total: 11 },
      passages: [
        { title: '#ops · VPN on Linux', score: 0.91, n: 1, cited: true, words: { rank: 1 } },
        { score: 0.42, n: 2, cited: true, vectors: { rank: 2 } },
      ],
      trace: { embedder: 'builtin-1', answerer: 'quotes' },
    });
  });

  it('says so on a page for people, whatever was asked', async () => {
    const page = await browser.get(`/trace/${answerId}`);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('Why is it &lt;b&gt;slow&lt;/b&gt;?');
    expect(page.text).toContain('#ops · VPN on Linux');
    expect(page.text).toContain('builtin-1');
  });
});
