import fc from 'fast-check';
import { countTokens as exactly } from 'gpt-tokenizer/encoding/o200k_base';
import type { RootContent } from 'mdast';
import { describe, expect, it } from 'vitest';
import { chunkPage } from '../../../src/knowledge/chunk/chunkPage.ts';
import { readHtml } from '../../../src/knowledge/read/readHtml.ts';
import { readMarkdown } from '../../../src/knowledge/read/readMarkdown.ts';
import { readText } from '../../../src/knowledge/read/readText.ts';
import { isBalanced, pageText, section, wordsOf } from './pageTexts.ts';

const size = { target: 100, max: 150, overlap: 20 };
const cut = (markdown: string, of = size) => chunkPage(readMarkdown(markdown, { fallbackTitle: 'page.md' }), of);
const words = (count: number, seed = 'word') => Array.from({ length: count }, (_, at) => `${seed}${at}`).join(' ');

describe('where pieces begin and end', () => {
  it('gives a small page as one piece, its headings in the text', () => {
    expect(cut('# VPN\n\nHow to.\n\n## Linux\n\nRun it.\n\n## Mac\n\nClick it.')).toMatchObject([
      { titlePath: ['VPN'], anchor: 'vpn', text: 'How to.\n\n## Linux\n\nRun it.\n\n## Mac\n\nClick it.' },
    ]);
  });
  it('gives each larger section its own, named by the headings above it', () => {
    const pieces = cut(
      `# VPN\n\n${words(30)}\n\n## Linux\n\n${words(35)}\n\n### Debian {#deb}\n\n${words(34, 'x')}\n\n## Mac\n\n${words(33)}`,
    );
    expect(pieces.map(({ titlePath, anchor }) => [...titlePath, anchor])).toEqual([
      ['VPN', 'vpn'],
      ['VPN', 'Linux', 'linux'],
      ['VPN', 'Linux', 'Debian', 'deb'],
      ['VPN', 'Mac', 'mac'],
    ]);
    expect(pieces[2]?.text).toBe(words(34, 'x'));
    expect(pieces[2]?.key).toMatch(/^vpn\/linux\/debian#[0-9a-f]{8}$/);
  });
  it('never holds words of two pages of paper, so that each opens at its own', () => {
    const page = (sheet: number): RootContent[] => [
      {
        type: 'heading',
        depth: 6,
        children: [{ type: 'text', value: `Page ${sheet}` }],
        data: { anchor: `page=${sheet}`, sheet },
      },
      { type: 'paragraph', children: [{ type: 'text', value: `Few words ${sheet}.` }] },
    ];
    const heading: RootContent = {
      type: 'heading',
      depth: 1,
      children: [{ type: 'text', value: 'Chapter' }],
      data: { anchor: 'page=3', sheet: 3 },
    };
    const text: RootContent = { type: 'paragraph', children: [{ type: 'text', value: 'First words.' }] };
    const children = [text, ...page(2), heading, text, text, ...page(4)];
    expect(
      chunkPage({ title: 'Paper', body: { type: 'root', children } }, size).map((piece) => [piece.anchor, piece.text]),
    ).toEqual([
      [undefined, 'First words.'],
      ['page=2', 'Few words 2.'],
      ['page=3', 'First words.\n\nFirst words.'],
      ['page=4', 'Few words 4.'],
    ]);
  });
  it('leaves no piece of a few words beside a larger one', () => {
    const pieces = cut(
      `# Page\n\n## One\n\n${words(30)}\n\n${words(30, 'x')}\n\n## Result\n\n## Two\n\n${words(40, 'y')}`,
    );
    expect(Math.min(...pieces.map(({ tokens }) => tokens))).toBeGreaterThan(30);
  });
  it('names no anchor where an HTML page has none', () => {
    const page = readHtml('<main><h2>Plain</h2><p>a</p></main>', { fallbackTitle: 't' });
    expect(chunkPage(page, size)[0]).not.toHaveProperty('anchor');
  });
  it('of a page that is only a title, the title', () => {
    expect(cut('# Coming soon')).toMatchObject([{ titlePath: ['Coming soon'], text: '# Coming soon' }]);
  });
  it('of an empty page there are none', () => {
    expect(cut('')).toEqual([]);
  });
});

describe('what is too long', () => {
  it('keeps code whole where it fits, with the words that lead to it', () => {
    const code = `\`\`\`js\n${Array.from({ length: 16 }, (_, at) => `line(${at});`).join('\n')}\n\`\`\``;
    const pieces = cut(`${words(38)}.\n\nRun this:\n\n${code}`);
    expect(pieces.map(({ text }) => text)).toEqual([`${words(38)}.`, `Run this:\n\n${code}`]);
  });
  it('cuts longer code between lines, the fence repeated', () => {
    const lines = Array.from({ length: 60 }, (_, at) => `call(${at}, "argument");`);
    const pieces = cut(`\`\`\`js\n${lines.join('\n')}\n\`\`\``);
    expect(pieces.length).toBeGreaterThan(3);
    for (const { text } of pieces) expect(text).toMatch(/^```js\n(?:call\(\d+, "argument"\);\n)+```$/);
    expect(pieces.flatMap(({ text }) => text.split('\n').slice(1, -1))).toEqual(lines);
  });
  it('cuts tables between rows, the header repeated', () => {
    const pieces = cut(
      `| id | what |\n|--|--|\n${Array.from({ length: 50 }, (_, at) => `| ${at} | thing number ${at} |`).join('\n')}`,
    );
    expect(pieces.length).toBeGreaterThan(3);
    for (const { text } of pieces)
      expect(text).toMatch(/^\| id \| what \|\n\| -+ \| -+ \|\n(\| \d+ \| thing number \d+ \|\n?)+$/);
  });
  it('cuts lists between items and goes on counting', () => {
    const pieces = cut(Array.from({ length: 12 }, (_, at) => `${at + 1}. ${words(12)}`).join('\n'));
    expect(pieces.map(({ text }) => text.slice(0, 2))).toEqual(['1.', '4.', '7.', '10']);
  });
  it('cuts a long paragraph between sentences and repeats the last one', () => {
    const sentences = Array.from({ length: 30 }, (_, at) => `Sentence number ${at} says this.`);
    const pieces = cut(sentences.join(' '));
    const [first = '', second = ''] = pieces.map(({ text }) => text);
    expect(second.startsWith(first.split('. ').slice(-1)[0]?.slice(0, 15) ?? '?')).toBe(true);
    expect(pieces.every(({ text }) => text.endsWith('.'))).toBe(true);
  });
  it('never parts a character', () => {
    for (const unit of ['😀', '汉', 'a', '👩‍👩‍👧']) {
      const pieces = cut(unit.repeat(3_000));
      expect(pieces.every(({ text }) => text.isWellFormed())).toBe(true);
      expect(pieces.map(({ text }) => text.replace(/\s/g, '')).join('')).toBe(unit.repeat(3_000));
    }
  });
  it('copes with a heading that is a text, and with megabytes of one line', () => {
    for (const { tokens } of cut(`# ${words(400)}`)) expect(tokens).toBeLessThanOrEqual(size.max);
    const page = readText('a'.repeat(1_000_000), { fallbackTitle: 'x' });
    expect(
      chunkPage(page, { target: 300, max: 400, overlap: 0 }).reduce(
        (sum, { text }) => sum + text.replace(/\s/g, '').length,
        0,
      ),
    ).toBe(1_000_000);
  });
});

describe('what Markdown becomes', () => {
  it('keeps links, tells pictures by their words, and lets nobody be mentioned by a page', () => {
    const [piece] = cut('See [the docs](../a.md), https://b.example/x_y and ![a chart](c.png). Ask \\<@U1>.');
    expect(piece?.text).toBe('See [the docs](../a.md), https://b.example/x_y and a chart. Ask \\<@U1>.');
  });
});

describe('for every page', () => {
  it('no piece is too large, tokens are as counted, keys are unique, fences balanced, no word is lost', () => {
    fc.assert(
      fc.property(
        pageText,
        fc.constantFrom(size, { target: 30, max: 40, overlap: 8 }, { target: 400, max: 600, overlap: 60 }),
        (text, of) => {
          const pieces = cut(text, of);
          for (const piece of pieces) {
            expect(exactly(piece.text)).toBeLessThanOrEqual(of.max);
            expect(Math.abs(exactly(piece.text) - piece.tokens)).toBeLessThanOrEqual(10);
            expect(isBalanced(piece.text)).toBe(true);
          }
          expect(new Set(pieces.map(({ key }) => key)).size).toBe(pieces.length);
          const kept = wordsOf(pieces.map((piece) => [...piece.titlePath, piece.text].join('\n')).join('\n'));
          const lost = [...wordsOf(text.replace(/^```js$/gm, ''))].filter(
            (word) => !kept.has(word) && !/^(?:xyz)+$/.test(word),
          );
          expect(lost).toEqual([]);
        },
      ),
      { numRuns: 80 },
    );
  });
  it('keeps the order of the page', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 300 }), fc.integer({ min: 3, max: 40 }), (count, every) => {
        const text = Array.from(
          { length: count },
          (_, at) => `${at % every === 0 ? `## part${at}\n\n` : ''}w${at} some words here.`,
        ).join('\n\n');
        const order = cut(text).flatMap((piece) => piece.text.match(/(?<=\bw)\d+/g)?.map(Number) ?? []);
        expect(order).toEqual(Array.from({ length: count }, (_, at) => at));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a change elsewhere', () => {
  const large = (name: string) => `## ${name}\n\n${words(60, `${name}a`)}\n\n${words(60, `${name}b`)}`;
  const same = (pieces: ReturnType<typeof cut>) => new Map(pieces.map((piece) => [piece.key, piece.text]));

  it('leaves the pieces of large sections alone', () => {
    fc.assert(
      fc.property(fc.array(section, { maxLength: 3 }), fc.integer({ min: 0, max: 4 }), (inserted, place) => {
        const sections = ['alpha', 'beta', 'gamma', 'delta'].map(large);
        const before = same(cut(['# Page', ...sections].join('\n\n')));
        const changed = [
          ...sections.slice(0, place),
          ...inserted.map((text) => text.replace(/^#+/, '##')),
          ...sections.slice(place),
        ];
        const after = same(cut(['# Page', ...changed].join('\n\n')));
        // A tiny new section may join the piece beside it, no more.
        const moved = [...before].filter(([key, text]) => after.get(key) !== text);
        expect(moved.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 60 },
    );
  });
  it('in a row of small sections stays among its neighbours', () => {
    const row = Array.from({ length: 200 }, (_, at) => `## Question ${at * 7919}\n\n${words(8, `q${at}x`)}`);
    const before = same(cut(['# FAQ', ...row].join('\n\n')));
    const after = same(cut(['# FAQ', '## New one\n\nWith an answer.', ...row].join('\n\n')));
    const moved = [...before].filter(([key, text]) => after.get(key) !== text);
    expect(before.size).toBeGreaterThan(50);
    expect(moved.length).toBeLessThan(15);
  });
  it('in a long text without headings stays among its neighbours', () => {
    const row = Array.from({ length: 300 }, (_, at) => words(8, `p${at * 7919}x`));
    const before = same(cut(row.join('\n\n')));
    const after = same(cut(['A new beginning of some words.', ...row].join('\n\n')));
    const moved = [...before].filter(([key, text]) => after.get(key) !== text);
    expect(before.size).toBeGreaterThan(60);
    expect(moved.length).toBeLessThan(15);
  });
  it('does not rename a section because another of the same name came before it', () => {
    const [before] = cut(`## Usage\n\n${words(30)}`);
    const after = cut(`## Usage\n\n${words(40, 'other')}\n\n## Usage\n\n${words(30)}`);
    expect(after.map(({ key }) => key)).toContain(before?.key);
    expect(after.map(({ anchor }) => anchor)).toEqual(['usage', 'usage-1']);
  });
});
