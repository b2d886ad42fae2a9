import { describe, expect, test } from 'vitest';
import type { Turn } from '../../../src/knowledge/answer/Answer.ts';
import { expandFollowUp } from '../../../src/knowledge/words/followUp.ts';

const vpn: Turn[] = [
  { role: 'person', text: 'How do I set up the VPN on Windows?' },
  { role: 'bot', text: 'Install WireGuard and import the profile.' },
];
const carried = (question: string, history: readonly Turn[] = vpn): string[] =>
  expandFollowUp(question, history)
    .slice(1)
    .map(({ text }) => text);

describe('a question in a thread', () => {
  test.each([
    'and on Linux?',
    'How much does it cost?',
    'why?',
    'Und wie geht das auf Linux?',
    'et ça marche sur Linux ?',
    '那Linux呢？',
  ])('that leans on what was said takes question and answer along: %s', (question) => {
    expect(carried(question)).toEqual([vpn[0]?.text, vpn[1]?.text]);
  });

  test('that is merely short takes the question before along', () => {
    expect(carried('Linux setup')).toEqual([vpn[0]?.text]);
  });

  test('that names everything stands for itself', () => {
    expect(carried('Where does the billing team keep contracts signed by new suppliers?')).toEqual([]);
  });

  test('is itself first, and weighs most', () => {
    const [first, ...rest] = expandFollowUp('and on Linux?', vpn);
    expect(first).toEqual({ text: 'and on Linux?', weight: 1 });
    for (const { weight } of rest) expect(weight).toBeLessThanOrEqual(0.5);
  });

  test('skips thanks, and looks further back', () => {
    const thanked: Turn[] = [...vpn, { role: 'person', text: 'Thank you!' }];
    expect(carried('and on Linux?', thanked)).toContain(vpn[0]?.text);
    expect(carried('and on Linux?', thanked)).not.toContain('Thank you!');
  });

  test('carries only the beginning of a long turn', () => {
    const long: Turn[] = [{ role: 'bot', text: 'word '.repeat(1000) }];
    expect(carried('why?', long).join('').length).toBeLessThanOrEqual(200);
  });
});

test('without a thread nothing is carried', () => {
  expect(expandFollowUp('and on Linux?', [])).toEqual([{ text: 'and on Linux?', weight: 1 }]);
});
