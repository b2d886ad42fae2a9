import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/knowledge/answer/Evidence.ts';
import { createRelease } from '../../../src/knowledge/answer/release.ts';
import { passage } from './evidence.ts';

const VPN = [
  passage(1, 'The VPN on Linux needs the new profile. Download it from https://vpn.example.com/profile and restart.'),
  passage(2, 'Seats are booked in the [seat planner](https://seats.example.com/plan?floor=2). The limit is 50 seats.'),
];

function release(text: string, evidence: readonly Evidence[] = VPN, chunks: readonly string[] = [text]) {
  const pieces: string[] = [];
  const checker = createRelease({
    evidence,
    language: 'en',
    sentinel: 'NOT_FOUND',
    emit: (piece) => pieces.push(piece.text),
  });
  for (const chunk of chunks) checker.push(chunk);
  const before = pieces.length;
  const released = checker.end(true);
  expect(pieces.join('')).toBe(released.text);
  return { ...released, pieces, before };
}

describe('what is let through', () => {
  it('lets a cited sentence go as soon as the next one begins', () => {
    const checked: string[] = [];
    const checker = createRelease({ evidence: VPN, language: 'en', sentinel: 'X', emit: (p) => checked.push(p.text) });
    checker.push('The VPN needs the new profile [1]');
    checker.push('. ');
    expect(checked).toEqual([]);
    checker.push('Restart');
    expect(checked).toEqual(['The VPN needs the new profile [1].']);
  });

  it('takes a citation behind the full stop with the sentence before it', () => {
    expect(release('The VPN needs the new profile. [1] Seats are booked in the planner. [2]').pieces).toEqual([
      'The VPN needs the new profile. [1]',
      ' Seats are booked in the planner. [2]',
    ]);
  });

  it('holds an uncited sentence until one of its answer is cited', () => {
    const { pieces } = release('The VPN on Linux needs a profile. Download the new profile and restart [1].');
    expect(pieces.join('')).toBe('The VPN on Linux needs a profile. Download the new profile and restart [1].');
  });

  it('drops an uncited sentence that the passages do not support', () => {
    expect(release('The VPN needs the new profile [1]. Elephants migrate every winter through Botswana.').text).toBe(
      'The VPN needs the new profile [1].',
    );
  });

  it('drops an uncited sentence with a number that no passage has', () => {
    expect(release('Seats are booked in the planner [2]. The limit is 500 seats.').text).toBe(
      'Seats are booked in the planner [2].',
    );
  });

  it('drops a cited sentence of which no word stands in the passages', () => {
    expect(release('Elephants migrate every winter through Botswana towards water [1].').text).toBe('');
  });

  it('says nothing when nothing is cited', () => {
    expect(release('The VPN on Linux needs the new profile. Download it and restart.').pieces).toEqual([]);
  });

  it('keeps headings, introductions and lists together with what is cited', () => {
    const text = '## VPN\n\nHere is how:\n\n- Download the new profile [1]\n- Restart [1]\n';
    expect(release(text).text).toBe('## VPN\n\nHere is how:\n\n- Download the new profile [1]\n- Restart [1]');
  });

  it('drops a heading with nothing under it', () => {
    expect(
      release('The VPN needs the new profile [1].\n\n## More\n\nElephants migrate through Botswana in winter.').text,
    ).toBe('The VPN needs the new profile [1].');
  });

  it('closes a code block that the model left open, and takes it whole', () => {
    const evidence = [passage(1, 'Run `vpnctl restart --profile new` to restart the VPN.')];
    const { text, pieces } = release('Restart the VPN [1]:\n\n```sh\nvpnctl restart --profile new', evidence);
    expect(text).toBe('Restart the VPN [1]:\n\n```sh\nvpnctl restart --profile new\n```');
    expect(pieces).toHaveLength(2);
  });

  it('drops a code block that is made up', () => {
    expect(release('Restart the VPN [1].\n\n```sh\ncurl -s x | sudo bash\n```\n').text).toBe('Restart the VPN [1].');
  });

  it('takes a table as one unit', () => {
    const table = '| what | where |\n| --- | --- |\n| VPN | profile [1] |\n| seats | planner [2] |';
    expect(release(`${table}\n\nThe end of it.`).pieces).toEqual([table]);
  });

  it('lets a sentence in another language than the passages stand with the cited one beside it', () => {
    const german = createRelease({ evidence: VPN, language: 'de', sentinel: 'X', emit: () => {} });
    german.push('Das ist nicht schwer zu lösen. Lade das neue Profil herunter [1].\n\nElefanten wandern im Winter.');
    expect(german.end(true).text).toBe('Das ist nicht schwer zu lösen. Lade das neue Profil herunter [1].');
  });

  it('cuts Chinese at its own full stops', () => {
    const evidence = [passage(1, 'VPN 需要新的配置文件。请下载新的配置文件并重启。')];
    expect(release('VPN 需要新的配置文件[1]。请下载并重启[1]。', evidence).pieces).toEqual([
      'VPN 需要新的配置文件[1]。',
      '请下载并重启[1]。',
    ]);
  });

  it('hides the sentinel and reports it', () => {
    expect(release('NOT_FOUND')).toMatchObject({ text: '', sawSentinel: true });
    expect(release('**NOT\\_FOUND**.')).toMatchObject({ text: '', sawSentinel: true });
  });

  it('drops the unfinished sentence of a writer that broke off', () => {
    const checker = createRelease({ evidence: VPN, language: 'en', sentinel: 'X', emit: () => {} });
    checker.push('The VPN needs the new profile [1]. Download the new');
    expect(checker.end(false).text).toBe('The VPN needs the new profile [1].');
  });

  it('collects what was said on account of each passage', () => {
    const { claims } = release('The VPN needs the new profile [1]. The limit is 50 seats [2]. Restart the VPN [1].');
    expect([...claims.keys()]).toEqual([1, 2]);
    expect(claims.get(1)).toContain('Restart');
  });
});

describe('citations', () => {
  it.each([
    ['profile [1, 2].', 'profile [1][2].'],
    ['profile [1-2].', 'profile [1][2].'],
    ['profile 【1】.', 'profile [1].'],
    ['profile 【1†source】.', 'profile [1].'],
    ['profile [^1].', 'profile [1].'],
    ['profile [source 1].', 'profile [1].'],
    ['profile [1](https://evil.example.net).', 'profile [1].'],
    ['profile [1](https://vpn.example.com/profile).', 'profile [1].'],
    ['profile [1][9].', 'profile [1].'],
    ['profile [9] [1].', 'profile [1].'],
  ])('%s', (written, shown) => {
    expect(release(`The VPN needs the new ${written}`).text).toBe(`The VPN needs the new ${shown}`);
  });

  it('counts no number of a passage that does not exist', () => {
    expect(release('The VPN needs the new profile [7].').text).toBe('');
  });
});

describe('links', () => {
  it('shows where a link leads when its label is an address of its own', () => {
    const seats = [
      passage(
        1,
        'Book seats in the [https://bank.example](https://evil.example/phish) or [the planner](https://seats.example.com).',
      ),
    ];
    expect(release('Book seats in [https://bank.example](https://evil.example/phish) [1].', seats).text).toBe(
      'Book seats in <https://evil.example/phish> [1].',
    );
    expect(release('Book seats in [the planner](https://seats.example.com) [1].', seats).text).toBe(
      'Book seats in [the planner](https://seats.example.com) [1].',
    );
  });

  it.each([
    ['a bare address of a passage', 'https://vpn.example.com/profile', '<https://vpn.example.com/profile>'],
    ['one with a full stop', 'https://vpn.example.com/profile, now', '<https://vpn.example.com/profile>, now'],
    ['the passage itself', '<https://chat.example.com/archives/C1/p1>', '<https://chat.example.com/archives/C1/p1>'],
    [
      'a label',
      '[the plan](https://seats.example.com/plan?floor=2)',
      '[the plan](https://seats.example.com/plan?floor=2)',
    ],
    [
      'a title is dropped',
      '[plan](https://seats.example.com/plan?floor=2 "x")',
      '[plan](https://seats.example.com/plan?floor=2)',
    ],
    [
      'an image becomes a link',
      '![plan](https://seats.example.com/plan?floor=2)',
      '[plan](https://seats.example.com/plan?floor=2)',
    ],
    ['another host', '[the plan](https://evil.example.net)', 'the plan'],
    ['another path', 'https://vpn.example.com/profile/x', '…'],
    ['data in a query', '![x](https://seats.example.com/plan?floor=2&leak=secret)', 'x'],
    ['a longer host', 'https://vpn.example.com.evil.net/profile', '…'],
    ['a user part', 'https://vpn.example.com@evil.net/profile', '…'],
    ['www', 'www.evil.net/x', '…'],
    ['a bare domain', 'evil.com/login', '…'],
    ['a bare domain behind Chinese', '请看evil.com', '请看…'],
    ['an e-mail address', 'mail me@evil.net', 'mail …'],
    ['an e-mail address with an empty host', 'mail me@.com', 'mail …'],
    ['javascript', '[x](javascript:alert(1))', 'x'],
    ['javascript in text', 'javascript:alert(1)', '…'],
    ['angle brackets', '[text](<https://evil.net/a b>)', 'text'],
    ['a protocol-relative one', '[text](//evil.net)', 'text'],
    ['nested brackets', '[a [b](https://evil.net/1) c](https://evil.net/2)', 'a b c'],
    ['an anchor', '<a href="https://evil.net">click</a>', 'click'],
    ['an image tag', 'a <img src=https://evil.net/x.png> b', 'a  b'],
    ['Slack markup', '<https://evil.net|the plan>', 'the plan'],
    ['hxxp', 'hxxps://evil.net/x', '…'],
    ['a zero-width space', 'https://ev\u200bil.net/x', '…'],
    ['a zero-width space in the scheme', 'ht\u200btps://evil.net', '…'],
    ['a soft hyphen', 'https:\u00ad//evil.net', '…'],
    ['full-width letters', 'ｈｔｔｐｓ：／／evil．net', '…'],
    ['character references', '&#104;ttps&colon;//evil.net', '…'],
    ['backslash escapes', 'https\\://evil.net', '…'],
    ['percent encoding', '[x](https://%65vil.net)', 'x'],
    ['a tag inside', 'ht<b></b>tps://evil.net', '…'],
    ['code', '`curl https://evil.net/x`', '`curl …`'],
    ['a URL hidden by a link', 'ht[tps:](x)//evil.net', '…'],
  ])('%s', (_what, written, shown) => {
    expect(release(`The VPN needs the new profile [1] ${written}`).text).toBe(
      `The VPN needs the new profile [1] ${shown}`,
    );
  });

  it('breaks reference definitions', () => {
    const { text } = release('The VPN [profile][p] is new [1].\n\n[p]: https://evil.net\n[q]: //evil.net/x\n');
    expect(text).toBe('The VPN [profile][p] is new [1].');
  });

  it('finds an address however it is cut', () => {
    const text = 'The VPN needs the new profile [1] from https://evil.net/a?b=c now [1].';
    expect(release(text, VPN, text.split('')).text).toBe('The VPN needs the new profile [1] from … now [1].');
  });

  it('leaves file names, versions and product names alone', () => {
    const text = 'The VPN profile is in README.md, main.rs and Node.js 24.1, see java.io.File [1].';
    expect(release(text).text).toBe(text);
  });
});

describe('mentions and HTML', () => {
  it.each([
    ['<@U123>', '…'],
    ['<@U123|bob>', 'bob'],
    ['<@!123>', '…'],
    ['<@&123>', '…'],
    ['<#C123|general>', 'general'],
    ['<!channel>', 'channel'],
    ['<!subteam^S1|@eng>', 'eng'],
    ['@everyone', 'everyone'],
    ['@here', 'here'],
    ['＠everyone', 'everyone'],
    ['@\u200beveryone', 'everyone'],
    ['@<b></b>everyone', 'everyone'],
    ['&#64;here', 'here'],
    ['\\@here', 'here'],
    ['@\\here', 'here'],
    ['@@herehere', '@@herehere'],
    ['<script>alert(1)</script>', 'alert(1)'],
    ['<T>', '\\<T>'],
    ['\u202etxt.exe', 'txt.exe'],
  ])('%s', (written, shown) => {
    expect(release(`The VPN needs the new profile [1] ${written}`).text).toBe(
      `The VPN needs the new profile [1] ${shown}`,
    );
  });

  it('keeps emoji that are joined', () => {
    expect(release('The VPN needs the new profile 👩‍💻 ❤️ [1].').text).toBe('The VPN needs the new profile 👩‍💻 ❤️ [1].');
  });
});

/** Everything in a text as a Markdown reader sees it, addresses that it would make links of included. */
function nodesOf(markdown: string): Nodes[] {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const all = (node: Nodes): Nodes[] => [node, ...('children' in node ? node.children.flatMap(all) : [])];
  return all(tree);
}

describe('whatever the model writes', () => {
  const parts = fc.constantFrom(
    ...[
      'The VPN',
      ' needs the new profile',
      ' [1]',
      ' [2]',
      '[9]',
      '. ',
      '! ',
      '。',
      '\n',
      '\n\n',
      '- ',
      '```',
      '`',
      '|',
      '> ',
      '# ',
    ],
    ...[
      'https://evil.net/x',
      'https://vpn.example.com/profile',
      'ht',
      'tps:',
      '//',
      'evil.net',
      'www.',
      '.com',
      '@',
      'everyone',
    ],
    ...[
      '[',
      ']',
      '(',
      ')',
      '](',
      '![',
      '<',
      '>',
      '<@U1>',
      '<b>',
      '</b>',
      '<!--',
      '-->',
      '\\',
      '&#64;',
      '&colon;',
      '\u200b',
      '\u00ad',
    ],
    ...[
      'here',
      '<!',
      'channel',
      'javascript:',
      'x',
      ' ',
      '**',
      '"',
      "'",
      '＠',
      '．',
      '：',
      '／',
      'NOT_FOUND',
      '🙂',
      '\ud83d',
      ']: ',
    ],
  );
  const texts = fc
    .array(fc.oneof({ weight: 6, arbitrary: parts }, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 })
    .map((all) => all.join(''));
  const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 });

  it('never shows an address or a mention that no passage has, in any pieces', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: shown } = release(`The VPN needs the new profile [1]. ${text} Restart the VPN [1].`);
        for (const node of nodesOf(shown)) {
          expect(['html', 'image', 'imageReference', 'definition']).not.toContain(node.type);
          if (node.type === 'link') expect(node.url).toBe('https://vpn.example.com/profile');
        }
        for (const seen of [shown, shown.normalize('NFKC'), shown.replace(/[\\\p{Cf}]/gu, '')]) {
          for (const [address] of seen.matchAll(/[a-z]{2,}:\/\/[^\s<>()[\]`"|]+/giu)) {
            expect(address.replace(/[.,;:!?'*_~。]+$/u, '')).toMatch(/^https:\/\/(?:vpn\.example\.com\/profile)$/u);
          }
          expect(seen).not.toMatch(
            /evil\.net(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])|(?<![\p{L}\p{N}])www\.\w|javascript:\S/iu,
          );
          expect(seen).not.toMatch(/@(?:everyone|here|channel)(?![\p{L}\p{N}_])|<[@#!][^<>\s。！？]*>/iu);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('shows the same however the text arrives', () => {
    fc.assert(
      fc.property(texts, cuts, (text, sizes) => {
        const whole = `The VPN needs the new profile [1]. ${text}`;
        const chunks: string[] = [];
        for (let at = 0, i = 0; at < whole.length; i += 1) {
          const size = sizes[i % sizes.length] as number;
          chunks.push(whole.slice(at, at + size));
          at += size;
        }
        const cut = release(whole, VPN, chunks);
        expect(cut.text).toBe(release(whole).text);
        expect(cut.pieces).toEqual(release(whole).pieces);
      }),
      { numRuns: 300 },
    );
  });
});
