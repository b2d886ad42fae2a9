import { describe, expect, it } from 'vitest';
import { isEnough } from '../../../src/knowledge/answer/enough.ts';
import { passage } from './evidence.ts';

const OPS = [
  passage(1, 'Anna: how do I get onto the VPN from Linux?\nBen: install the new profile and restart NetworkManager.'),
  passage(2, 'The deploy freeze lasts from Friday noon to Monday. Hotfixes need a sign-off by the release captain.'),
];
const CHINESE = [passage(1, '在 Linux 上连接 VPN 需要安装新的配置文件，然后重启网络管理器。')];

describe('enough evidence', () => {
  it.each([
    ['how do I connect to the VPN on Linux?', OPS, 'en'],
    ['who signs off hotfixes during the deploy freeze', OPS, 'en'],
    ['when does the freeze for deploys end?', OPS, 'en'],
    ['怎么在 Linux 上连接 VPN？', CHINESE, 'zh'],
  ])('%s', (question, evidence, language) => {
    expect(isEnough(question, evidence, language)).toMatchObject({ enough: true, reason: 'covered' });
  });

  it('reads a question without words of its own together with the one before', () => {
    const history = [{ role: 'person', text: 'when does the deploy freeze end?' } as const];
    expect(isEnough('and why?', OPS, 'en', { history }).enough).toBe(true);
    expect(isEnough('and why?', OPS, 'en')).toMatchObject({ enough: false, reason: 'no-words' });
  });
});

describe('too little evidence', () => {
  it.each([
    ['gibberish', 'asdfgh qwertz zxcvb', OPS, 'en', 'not-covered'],
    ['another topic', 'what is the capital of Burkina Faso?', OPS, 'en', 'not-covered'],
    ['an emoji', '🤔🤔', OPS, 'en', 'no-words'],
    ['punctuation', '???', OPS, 'en', 'no-words'],
    ['nothing found', 'how do I connect to the VPN?', [], 'en', 'no-evidence'],
    ['the one thing asked about', 'how do I install Photoshop?', OPS, 'en', 'not-covered'],
    ['another topic in Chinese', '布基纳法索的首都是哪里？', CHINESE, 'zh', 'not-covered'],
    ['German', 'Wie lange dauert die Elternzeit in Österreich?', OPS, 'de', 'not-covered'],
  ])('%s', (_what, question, evidence, language, reason) => {
    expect(isEnough(question, evidence, language)).toMatchObject({ enough: false, reason });
  });

  it('a name or code that stands nowhere outweighs the words around it', () => {
    const evidence = [passage(1, 'The error E_SEAT_409 means that the seat is taken. Restart the seat planner then.')];
    expect(isEnough('what does the error E_SEAT_409 mean?', evidence, 'en').enough).toBe(true);
    expect(isEnough('what does the error E_ROOM_500 mean for the planner?', evidence, 'en').enough).toBe(false);
  });

  it('words that are spread over a long passage are there by chance', () => {
    const filler = 'nothing of interest happened on the remaining days of that quiet month '.repeat(12);
    const evidence = [
      passage(1, `The printer arrived. ${filler} Somebody moved the toner. ${filler} The office is closed.`),
    ];
    expect(isEnough('where is the printer toner in the office?', evidence, 'en').enough).toBe(false);
  });

  it('uses how rare a word is when that is known', () => {
    const evidence = [passage(1, 'The weekly team meeting is on Monday.')];
    const rarity = (token: string) => (token === 'kubernet' || token === 'kubernetes' ? 1 : 0.05);
    expect(isEnough('which team meeting is about kubernetes', evidence, 'en', { rarity }).enough).toBe(false);
  });
});

describe('with a model to judge', () => {
  it('turns only hopeless questions away', () => {
    expect(isEnough('connecting from my Ubuntu laptop to the VPN fails', OPS, 'en', { writer: 'model' }).enough).toBe(
      true,
    );
    expect(isEnough('asdfgh qwertz zxcvb', OPS, 'en', { writer: 'model' }).enough).toBe(false);
  });

  it('lets passages in another language through', () => {
    const german = isEnough('Wie lange ist vor dem Wochenende alles eingefroren?', OPS, 'de', { writer: 'model' });
    expect(german).toMatchObject({ enough: true, reason: 'other-language' });
  });
});
