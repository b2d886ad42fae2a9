import { describe, expect, it } from 'vitest';
import { readText } from '../../../src/knowledge/read/readText.ts';

const read = (text: string) => readText(text, { fallbackTitle: 'notes.txt' });

describe('readText', () => {
  it('makes paragraphs of what stands between blank lines', () => {
    expect(read('One line\nand another.\r\n\r\n\nTwo.').body.children).toEqual([
      { type: 'paragraph', children: [{ type: 'text', value: 'One line\nand another.' }] },
      { type: 'paragraph', children: [{ type: 'text', value: 'Two.' }] },
    ]);
  });
  it('knows underlined headings, as reStructuredText writes them', () => {
    const page = read('=====\nGuide\n=====\n\nSetup\n-----\nDo it.\n\nUse\n---\n\nNow.');
    expect(page.title).toBe('Guide');
    expect(page.body.children.map((node) => (node.type === 'heading' ? node.depth : node.type))).toEqual([
      1,
      2,
      'paragraph',
      2,
      'paragraph',
    ]);
  });
  it.each([
    ['a log', '2026-01-02 10:00:00 INFO up\n2026-01-02 10:00:01 WARN odd\n\n2026-01-02 10:00:02 ERROR no\n'],
    ['code', 'function a() {\n  return 1;\n}\n\nconst b = a();\n'],
    ['columns', 'NAME      READY   AGE\nweb-1     1/1     3d\ndb-0      1/1     9d\n'],
  ])('keeps %s line by line', (_, text) => {
    expect(read(text).body.children).toEqual([{ type: 'code', value: text.trimEnd() }]);
  });
  it('does not take letters for logs', () => {
    expect(
      read('Dear all,\n\nthe office is closed on Monday.\nSee you on Tuesday.\n\nAnna').body.children,
    ).toHaveLength(3);
  });
  it('cuts an endless line without losing or parting anything', () => {
    const text = `${'😀'.repeat(100_000)} ${'word '.repeat(50_000)}`;
    const parts = read(text).body.children.map((node) =>
      node.type === 'paragraph' && node.children[0]?.type === 'text' ? node.children[0].value : '',
    );
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    expect(parts.every((part) => part.isWellFormed())).toBe(true);
  });
  it('of nothing is an empty page', () => {
    expect(read(' \n\n ')).toEqual({ title: 'notes.txt', body: { type: 'root', children: [] } });
  });
});
