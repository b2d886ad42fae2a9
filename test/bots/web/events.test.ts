import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpBrowser } from './httpBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

describe('the stream of a thread', () => {
  let chat: RunningWebChat;
  let browser: HttpBrowser;
  beforeEach(async () => {
    chat = await startWebChat();
    browser = await chat.signedIn();
  });
  afterEach(() => chat.stop());

  it('tells of an answer as it grows, and of its end', async () => {
    chat.scripted.says({ pieces: ['One. ', 'Two. ', 'Three [1].'], citations: [chat.harbour.vpn] });
    chat.scripted.hold();
    const { id, threadId } = await browser.ask('What?');
    const stream = await browser.follow(threadId);
    expect(stream.headers['content-type']).toContain('text/event-stream');
    expect(await stream.next()).toMatchObject({ event: 'begun', data: { questionId: id, text: 'What?' } });
    chat.scripted.step();
    expect(await stream.next()).toMatchObject({ event: 'text', data: { questionId: id, from: 0, text: 'One. ' } });
    chat.scripted.step();
    expect(await stream.next()).toMatchObject({ event: 'text', data: { questionId: id, from: 5, text: 'Two. ' } });
    chat.scripted.step(2);
    expect(await stream.next()).toMatchObject({ event: 'text', data: { from: 10, text: 'Three [1].' } });
    const { event, data } = await stream.next();
    expect(event).toBe('finished');
    expect(data.answer).toMatchObject({ text: 'One. Two. Three [1].', citations: [{ n: 1 }] });
    stream.end();
  });

  it('connected again in the middle repeats what was released and goes on', async () => {
    chat.scripted.says({ pieces: ['One. ', 'Two. ', 'Three.'] });
    chat.scripted.hold();
    const { id, threadId } = await browser.ask('What?');
    const first = await browser.follow(threadId);
    chat.scripted.step(2);
    while ((await first.next()).data.text !== 'Two. ');
    first.end();

    const second = await browser.follow(threadId);
    expect(await second.next()).toMatchObject({ event: 'begun', data: { questionId: id } });
    expect(await second.next()).toMatchObject({ event: 'text', data: { from: 0, text: 'One. Two. ' } });
    chat.scripted.step(2);
    expect(await second.next()).toMatchObject({ event: 'text', data: { from: 10, text: 'Three.' } });
    expect((await second.next()).event).toBe('finished');
    second.end();
  });

  it('connected after the end tells the end', async () => {
    chat.scripted.says({ pieces: ['Done.'] });
    const { threadId } = await browser.ask('What?');
    await chat.respond.idle();
    const stream = await browser.follow(threadId);
    expect((await stream.until('finished')).at(-1)?.data.answer.text).toBe('Done.');
    stream.end();
  });

  it('tells that there is no answer, with the id of its trace', async () => {
    chat.scripted.says({ pieces: ['The model is down.'], status: 'failed' });
    const { threadId } = await browser.ask('What?');
    const stream = await browser.follow(threadId);
    const failed = (await stream.until('failed')).at(-1);
    expect(failed?.data.answer).toMatchObject({ status: 'failed', text: 'The model is down.' });
    expect((await browser.get(`/api/answers/${failed?.data.answer.id}/trace`)).status).toBe(200);
    stream.end();
  });

  it('tells nothing of other threads', async () => {
    chat.scripted.says({ pieces: ['Mine.'] });
    const other = await browser.ask('Another?');
    await chat.respond.idle();
    const { threadId } = await browser.ask('What?');
    const stream = await browser.follow(threadId);
    const seen = await stream.until('finished');
    expect(seen.map(({ data }) => data.questionId)).not.toContain(other.id);
    stream.end();
  });

  it('ends when the chat closes', async () => {
    const { threadId } = await browser.ask('What?');
    await chat.respond.idle();
    const stream = await browser.follow(threadId);
    await stream.until('finished');
    const ended = stream.next();
    await Promise.all([expect(ended).rejects.toThrow(), chat.web.close()]);
  });

  it('is not given without end to one browser', async () => {
    const streams = [];
    for (let i = 0; i < 12; i++) streams.push(await browser.follow('x'));
    expect((await browser.follow('x')).status).toBe(429);
    for (const stream of streams) stream.end();
  });
});
