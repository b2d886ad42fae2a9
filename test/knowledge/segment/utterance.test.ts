import { describe, expect, test } from 'vitest';
import { readUtterance } from '../../../src/knowledge/segment/utterance.ts';
import { message } from './message.ts';

const read = (text: string) => readUtterance(message(0, 'U1', text));

describe('readUtterance', () => {
  test('finds mentions, and whether one opens the message', () => {
    expect(read('<@U7> and <@!42|bob>, look')).toMatchObject({ mentioned: ['U7', '42'], mentionLeads: true });
    expect(read('thanks <@U7>')).toMatchObject({ mentioned: ['U7'], mentionLeads: false });
    expect(read('see <#C1> and <!here>')).toMatchObject({ mentioned: [] });
  });

  test('reads handles as written, and without what stands around them', () => {
    const { handles, leadReadings } = read('(@Anna): or bob_?');
    expect(handles).toContain('anna');
    expect(handles.slice(0, leadReadings)).toContain('anna');
    expect(handles.slice(leadReadings)).toEqual(expect.arrayContaining(['bob_?', 'bob_']));
  });

  test.each([
    ['anna: try this', true],
    ['@anna try this', true],
    ['https://example.org is down', false],
    ['well, no', false],
  ])('%s: calls somebody: %s', (text, calls) => {
    expect(read(text).calls).toBe(calls);
  });

  test.each([
    ['how do I do this', { question: true, greeting: false, acknowledgement: false, command: false }],
    ['anna: and that?', { question: true }],
    ['see http://example.org/?q=1 there', { question: false }],
    ['Hi all', { greeting: true }],
    ['history is long', { greeting: false }],
    ['thanks, that was it', { acknowledgement: true }],
    ['anna: ok', { acknowledgement: true }],
    ['okapi', { acknowledgement: false }],
    ['Guten Morgen zusammen', { greeting: true }],
    ['谢谢', { acknowledgement: true }],
    ['!sudo | anna', { command: true }],
    ['/remind me tomorrow', { command: true }],
    ['/etc/fstab is empty', { command: false }],
    ['!!!', { command: false }],
  ])('%s', (text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });

  test('takes words once, without short ones, and pairs of signs where there are no spaces', () => {
    expect(read('The kernel, the KERNEL 2.6.24 of a box').words).toEqual(['the', 'kernel', '2.6.24', 'box']);
    expect(read('知识库').words).toEqual(['知识', '识库']);
  });
});
