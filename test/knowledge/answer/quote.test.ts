import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passage } from './evidence.ts';
import { ask, chat } from './quoting.ts';

describe('quotes', () => {
  it('the best sentence with who said it, where and when', async () => {
    const evidence = [
      chat(
        1,
        'Anna: how do I get onto the VPN from Linux?\nBen: Install the new profile. Then restart NetworkManager.',
        {
          title: '#ops · VPN on Linux',
          atMs: Date.UTC(2024, 2, 1),
        },
      ),
    ];
    const answer = await ask('how do I connect to the VPN on Linux?', evidence);
    expect(answer).toMatchObject({ status: 'answered' });
    expect(answer.text).toBe(
      'This is what was said:\n\n> Install the new profile. Then restart NetworkManager.\n>\n> — Ben, #ops · VPN on Linux, 2024-03-01 [1]',
    );
    expect(answer.citations).toEqual([
      {
        n: 1,
        passageId: 101,
        title: '#ops · VPN on Linux',
        url: 'https://chat.example.com/archives/C1/p1',
        quote: 'Install the new profile. Then restart NetworkManager.',
      },
    ]);
  });

  it('the reply rather than the turn that asks the same', async () => {
    const evidence = [
      chat(1, 'Cleo: where can I book a seat for tomorrow?\nCleo: anyone?\nDan: In the planner, under Today.'),
    ];
    expect((await ask('where can I book a seat?', evidence)).text).toContain('> In the planner, under Today.');
  });

  it('a list with what introduces it', async () => {
    const text =
      '## Access\n\nTo get onto the VPN:\n\n- install the profile\n- restart\n- sign in\n\nLunch is at noon.';
    const answer = await ask('how do I get onto the VPN?', [passage(1, text)]);
    expect(answer.citations[0]?.quote).toBe('To get onto the VPN:\n\n- install the profile\n- restart\n- sign in');
  });

  it('a code block whole, with its fence', async () => {
    const text = 'Restart the VPN agent like this:\n\n```sh\nsystemctl restart vpn-agent\n```\n\nAsk Ben. He knows.';
    const answer = await ask('how do I restart the VPN agent?', [passage(1, text)]);
    expect(answer.text).toContain('> ```sh\n> systemctl restart vpn-agent\n> ```');
  });

  it('what stands under a heading that names the question', async () => {
    const text =
      '# Travel\nBook early.\n# Parental leave\nIt is sixteen weeks, paid in full.\n# Sick leave\nTell your lead.';
    const answer = await ask('how long is parental leave?', [passage(1, text)]);
    expect(answer.citations[0]?.quote).toContain('sixteen weeks');
  });

  it('at most three passages, and nothing twice', async () => {
    const evidence = [1, 2, 3, 4, 5].map((n) =>
      passage(n, `The VPN profile number ${n} is for office ${n}.`, { score: 1 }),
    );
    expect((await ask('which VPN profile is for the office?', evidence)).citations).toHaveLength(3);
    const same = [1, 2].map((n) => passage(n, 'The VPN profile is in the handbook.'));
    expect((await ask('where is the VPN profile?', same)).citations).toHaveLength(1);
  });

  it('the newer before the older when they are about the same thing', async () => {
    const evidence = [
      passage(1, 'The seat limit in the planner is 50 seats.', { atMs: Date.UTC(2022, 0, 1), score: 1 }),
      passage(2, 'The seat limit in the planner is 80 seats now.', { atMs: Date.UTC(2024, 0, 1), score: 0.9 }),
    ];
    expect((await ask('what is the seat limit in the planner?', evidence)).citations.map(({ n }) => n)).toEqual([2, 1]);
  });

  it('Chinese by its own sentences', async () => {
    const evidence = [passage(1, '食堂中午开放。在 Linux 上连接 VPN 需要安装新的配置文件。周五休息。')];
    const answer = await ask('怎么在 Linux 上连接 VPN？', evidence, { language: 'zh' });
    expect(answer.text).toContain('> 在 Linux 上连接 VPN 需要安装新的配置文件。');
    expect(answer.text).toContain('相关的原话');
  });

  it('nobody is notified and no HTML or foreign number is left in them', async () => {
    const evidence = [
      chat(
        1,
        'Eve: @here the VPN profile <!channel> moved <img src=x onerror=alert(1)> to the handbook [7] ![x](https://t.example/p.png)',
      ),
    ];
    const { text } = await ask('where is the VPN profile?', evidence);
    expect(text).not.toMatch(/@here|<!|<img|!\[|\[7\]/u);
    expect(text).toContain('[x](https://t.example/p.png)');
  });

  it('titles and names cannot carry markup', async () => {
    const evidence = [
      chat(1, 'Eve *x* @everyone <!here>: the VPN profile is in the handbook', {
        title: '[hi](https://evil.example) @everyone',
      }),
    ];
    expect((await ask('where is the VPN profile?', evidence)).text).toContain('— Eve x everyone here, hi everyone [1]');
  });
});

describe('not knowing', () => {
  it('is said in the language of the question, with the nearest places as links', async () => {
    const evidence = [passage(1, 'Die Parkplätze vor dem Haus gehören der Leitung.', { title: '#haus · Parken' })];
    const answer = await ask('Wie beantrage ich Urlaub für das Haus auf Usedom?', evidence, { language: 'de' });
    expect(answer.status).toBe('abstained');
    expect(answer.text).toBe(
      'Das weiß ich nicht: Nichts von dem, was ich gelesen habe, beantwortet es.\n\n' +
        'Am ehesten steht es hier:\n- [#haus · Parken](https://chat.example.com/archives/C1/p1) [1]',
    );
    expect(answer.citations).toMatchObject([{ n: 1, url: 'https://chat.example.com/archives/C1/p1' }]);
  });

  it('names no places for gibberish, an emoji, or when nothing was found', async () => {
    const evidence = [passage(1, 'The VPN profile is in the handbook.')];
    for (const [question, found] of [
      ['asdfgh qwertz', evidence],
      ['🤔', evidence],
      ['where is the VPN?', []],
    ] as const) {
      expect(await ask(question, found)).toMatchObject({ status: 'abstained', citations: [] });
    }
  });

  it('throws cancelled when the question was withdrawn', async () => {
    await expect(ask('x', [], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

it('quotes verbatim and never fails, whatever the passages are', async () => {
  const parts = fc.constantFrom(
    'VPN ',
    'profile ',
    'Ann: ',
    '. ',
    '\n',
    '```',
    '- ',
    '| ',
    '# ',
    '[',
    '](',
    ')',
    'https://a.example ',
    '<',
    '>',
    '?',
    '。',
  );
  const text = fc.array(fc.oneof({ weight: 5, arbitrary: parts }, fc.string({ unit: 'binary', maxLength: 3 })), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), fc.boolean(), async (texts, isChat) => {
      const evidence = texts.map((all, i) => passage(i + 1, all.join(''), { kind: isChat ? 'conversation' : 'page' }));
      await ask('where is the VPN profile?', evidence);
    }),
    { numRuns: 150 },
  );
});
