import fc from 'fast-check';

/** Words that are all different from markup, so that one can ask for each of them again. */
const word = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-z]{1,9}[0-9]{0,2}$/) },
  { weight: 1, arbitrary: fc.constantFrom('汉字信息', 'größer', '😀ok', 'übermäßig', 'снег') },
);
const sentence = fc.array(word, { minLength: 1, maxLength: 14 }).map((words) => `${words.join(' ')}.`);
const prose = fc.array(sentence, { minLength: 1, maxLength: 8 }).map((sentences) => sentences.join(' '));
const code = fc
  .array(fc.array(word, { maxLength: 8 }), { minLength: 1, maxLength: 25 })
  .map((lines) => `\`\`\`js\n${lines.map((words) => words.join(' ')).join('\n')}\n\`\`\``);
const list = fc
  .array(prose, { minLength: 1, maxLength: 6 })
  .map((items) => items.map((item) => `- ${item}`).join('\n'));
const table = fc
  .array(fc.tuple(word, sentence), { minLength: 1, maxLength: 10 })
  .map((rows) => `| left | right |\n| --- | --- |\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}`);
const endless = fc.integer({ min: 100, max: 900 }).map((length) => 'xyz'.repeat(length));
const block = fc.oneof(
  { weight: 6, arbitrary: prose },
  { weight: 2, arbitrary: code },
  { weight: 2, arbitrary: list },
  { weight: 1, arbitrary: table },
  { weight: 1, arbitrary: prose.map((text) => `> ${text}`) },
  { weight: 1, arbitrary: endless },
);

/** One section: a heading of level 2 to 4 and its blocks. */
export const section = fc
  .tuple(
    fc.integer({ min: 2, max: 4 }),
    fc.array(word, { minLength: 1, maxLength: 4 }),
    fc.array(block, { maxLength: 5 }),
  )
  .map(([depth, title, blocks]) => [`${'#'.repeat(depth)} ${title.join(' ')}`, ...blocks].join('\n\n'));

/** A page of several sections. */
export const pageText = fc
  .tuple(fc.array(block, { maxLength: 2 }), fc.array(section, { maxLength: 8 }))
  .map(([intro, sections]) => ['# The page', ...intro, ...sections].join('\n\n'));

/** The words of a text, in order of their first appearance. */
export function wordsOf(text: string): Set<string> {
  return new Set(text.match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** Whether every code fence that is opened is closed (CommonMark 4.5). */
export function isBalanced(markdown: string): boolean {
  let open = '';
  for (const line of markdown.split('\n')) {
    const [, marker = '', rest = ''] = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(line) ?? [];
    if (open === '') open = marker;
    else if (marker.startsWith(open) && rest.trim() === '') open = '';
  }
  return open === '';
}
