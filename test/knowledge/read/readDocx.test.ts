import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { describe, expect, it } from 'vitest';
import { readBytes } from '../../../src/knowledge/read/readFileAs.ts';
import { core, makeDocx, paragraph, table } from './makeDocx.ts';

const read = (bytes: Uint8Array) => readBytes(new Uint8Array(bytes), { path: 'a/x.docx', fallbackTitle: 'fallback' });
const markdown = async (bytes: Uint8Array) =>
  toMarkdown((await read(bytes)).body, { extensions: [gfmToMarkdown({ tablePipeAlign: false })] }).trim();

const rules = [
  paragraph('Canteen', 'Title'),
  paragraph('Opening', 'Heading1'),
  paragraph('It opens at &lt;half past&gt; eleven &amp; closes at two.'),
  paragraph('Dishes', 'Heading2'),
  table([
    ['Day', 'Dish'],
    ['Friday', 'Fish pie'],
  ]),
].join('');

describe('a Word document', () => {
  it('keeps its headings and tables', async () => {
    expect(await markdown(await makeDocx(rules))).toBe(
      [
        '# Canteen',
        '# Opening',
        'It opens at \\<half past> eleven & closes at two.',
        '## Dishes',
        '| Day | Dish |\n| - | - |\n| Friday | Fish pie |',
      ].join('\n\n'),
    );
  });

  it('is called what its properties say, else by its first heading, else by its file', async () => {
    const properties = core(
      '<dc:title>Rules &amp; hours</dc:title><dcterms:modified xsi:type="dcterms:W3CDTF">2024-01-02T03:04:05Z</dcterms:modified>',
    );
    expect(await read(await makeDocx(rules, { 'docProps/core.xml': properties }))).toMatchObject({
      title: 'Rules & hours',
      updatedAtMs: Date.UTC(2024, 0, 2, 3, 4, 5),
    });
    expect((await read(await makeDocx(rules))).title).toBe('Canteen');
    expect((await read(await makeDocx(paragraph('text')))).title).toBe('fallback');
  });

  it('keeps its notes, which lead nowhere', async () => {
    const reference = '<w:p><w:r><w:t>Ouch</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>';
    const xml = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
    const docx = await makeDocx(reference, {
      'word/footnotes.xml': `<?xml version="1.0"?><w:footnotes ${xml}><w:footnote w:id="1">${paragraph('A note.')}</w:footnote></w:footnotes>`,
      'word/_rels/document.xml.rels':
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="n1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>',
    });
    expect(await markdown(docx)).toBe('Ouch\\[1]\n\n1. A note.');
  });

  it('has no places that an address leads to', async () => {
    const { body } = await read(await makeDocx(rules));
    expect(body.children.flatMap((node) => (node.type === 'heading' ? [node.data?.anchor] : []))).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('a Word document that cannot be read', () => {
  /** The directory's line of the document says that it has `bytes` bytes when unpacked. */
  const claiming = (docx: Buffer, bytes: number) => {
    const lying = Buffer.from(docx);
    const end = lying.lastIndexOf(Buffer.from('PK\x05\x06'));
    for (let at = lying.readUInt32LE(end + 16); at < end; ) {
      const length = lying.readUInt16LE(at + 28);
      const name = lying.toString('utf8', at + 46, at + 46 + length);
      if (name === 'word/document.xml') lying.writeUInt32LE(bytes, at + 24);
      at += 46 + length + lying.readUInt16LE(at + 30) + lying.readUInt16LE(at + 32);
    }
    return lying;
  };

  it.each<[string, () => Promise<Buffer>, RegExp]>([
    ['is none', async () => Buffer.from('Dear reader'), /not a Word document, whatever its name says/],
    [
      'is another zip',
      () =>
        makeDocx('', {
          'word/document.xml': undefined,
          'word/styles.xml': undefined,
          'word/_rels/document.xml.rels': undefined,
        }),
      /a zip, but not a Word document/,
    ],
    ['is encrypted or old', async () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), /encrypted, or of the old Word format/],
    ['is cut off', async () => (await makeDocx(rules)).subarray(0, 900), /damaged: it was probably cut off/],
    ['has broken XML', () => makeDocx('', { 'word/document.xml': '<w:document><w:p>' }), /damaged: Word's XML/],
    ['asks for an entity', () => makeDocx(paragraph('&bomb;')), /damaged: Word's XML/],
    [
      'grows to more than it says',
      async () => claiming(await makeDocx(rules.repeat(100)), 1_000),
      /damaged: a part of it cannot be unpacked/,
    ],
    [
      'says that it grows too much',
      async () => claiming(await makeDocx(rules), 2 ** 30),
      /would grow too much when unpacked, as a zip bomb/,
    ],
    ['does grow too much', () => makeDocx(paragraph('x'.repeat(70 * 1024 ** 2))), /would grow too much/],
  ])('costs one sentence if it %s', async (_, make, message) => {
    await expect(read(await make())).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(new RegExp(`^x\\.docx .*${message.source}.*; left out\\.$`)),
    });
  });

  it('opens nothing outside itself', async () => {
    const relation = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="i1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="file:///etc/hostname" TargetMode="External"/></Relationships>`;
    const picture =
      '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="i1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
    const docx = await makeDocx(picture + paragraph('after'), { 'word/_rels/document.xml.rels': relation });
    expect(await markdown(docx)).toBe('after');
  });
});
