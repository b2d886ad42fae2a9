import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestSync, startStillSlack, type TestSync } from '../../openTestSync.ts';
import { readIndex } from '../../readIndex.ts';

let sync: TestSync;
beforeEach(async () => {
  const fake = await startStillSlack();
  fake.addUser('U1', { name: 'mara' });
  fake.addUser('U2', { name: 'tom' });
  fake.addChannel('C1', ['U1', 'U2'], { name: 'ops' });
  fake.addChannel('C2', ['U1'], { name: 'board', kind: 'private' });
  sync = await openTestSync({ fake });
});
afterEach(async () => {
  await sync.stop();
  await sync.fake.stop();
});

const says = (text: string, more = {}) => {
  sync.fake.clock.advance(60_000);
  return sync.fake.user('U1').says('C1', text, more);
};
const texts = () => readIndex(sync).texts.join('\n');

describe('a Slack channel', () => {
  it('is read with its threads, and read again costs nothing', async () => {
    const root = says('How do I reset the thermostat?');
    says('Press the two arrows.', { thread: root.ts });
    const report = await sync.run();
    expect(report).toMatchObject({ problems: [], sources: [{ name: '#board' }, { name: '#ops' }].toReversed() });
    expect(texts()).toContain('two arrows');
    const before = readIndex(sync);
    const again = await sync.run();
    expect(again.sources[0]?.messages).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect(readIndex(sync)).toEqual(before);
    expect(readIndex(sync).vectors).toMatchObject({ isExact: true });
  });

  it('is heard while it is spoken in: said, edited, answered, deleted, confirmed', async () => {
    await sync.run();
    await sync.listen();
    const root = says('How do I reset the thermostat?');
    const reply = says('Press the two arrows.', { thread: root.ts });
    await sync.hear();
    expect(texts()).toContain('two arrows');
    sync.fake.user('U1').edits(reply, 'Press the three arrows.');
    sync.fake.user('U2').reacts(reply, 'white_check_mark');
    await sync.hear();
    expect(texts()).toContain('three arrows');
    expect(texts()).not.toContain('two arrows');
    expect(readIndex(sync).passages[0]).toMatchObject({ confirmations: 1 });
    sync.fake.user('U1').deletes(reply);
    await sync.hear();
    expect(texts()).not.toContain('three arrows');
    expect(sync.sync.now.latencies.p95()?.events).toBeGreaterThan(0);
  });
});
