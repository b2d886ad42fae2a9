/** A line of a PDF: its text, where it stands (points from the lower left corner) and how large it is. */
export interface Words {
  readonly text: string;
  readonly x?: number;
  readonly y: number;
  readonly size?: number;
}

/**
 * Writes a PDF by hand (ISO 32000-2, 7.5): one content stream a page, in Helvetica, with a table of all objects.
 * `content` replaces a page's stream, `trailer` and `objects` add to the file (an object has the number that follows).
 */
export function makePdf(
  pages: readonly (readonly Words[] | Buffer)[],
  more: { readonly info?: string; readonly trailer?: string; readonly filter?: string } = {},
): Buffer {
  const bodies: Buffer[] = [];
  const first = 4;
  const kids = pages.map((_, at) => `${first + at * 2} 0 R`).join(' ');
  bodies.push(Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'));
  bodies.push(Buffer.from(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`));
  bodies.push(Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'));
  pages.forEach((page, at) => {
    const stream = Buffer.isBuffer(page) ? page : Buffer.from(contentOf(page as readonly Words[]), 'latin1');
    const resources = '/Resources << /Font << /F1 3 0 R >> >>';
    bodies.push(
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${first + at * 2 + 1} 0 R >>`,
      ),
    );
    const filter = Buffer.isBuffer(page) && more.filter ? `/Filter /${more.filter} ` : '';
    bodies.push(
      Buffer.concat([
        Buffer.from(`<< ${filter}/Length ${stream.length} >>\nstream\n`),
        stream,
        Buffer.from('\nendstream'),
      ]),
    );
  });
  if (more.info) bodies.push(Buffer.from(`<< ${more.info} >>`, 'latin1'));
  return assemble(bodies, more);
}

function assemble(bodies: readonly Buffer[], more: { readonly info?: string; readonly trailer?: string }): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = parts[0]?.length ?? 0;
  const add = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  bodies.forEach((body, index) => {
    offsets.push(at);
    add(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]));
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const info = more.info ? `/Info ${bodies.length} 0 R ` : '';
  add(
    Buffer.from(
      `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${table}trailer\n` +
        `<< /Size ${bodies.length + 1} /Root 1 0 R ${info}${more.trailer ?? ''} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

function contentOf(words: readonly Words[]): string {
  const escaped = (text: string) => text.replace(/[\\()]/g, '\\$&');
  return words
    .map(({ text, x = 72, y, size = 10 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped(text)}) Tj ET`)
    .join('\n');
}

/** Lines below one another, from the top of the page. */
export function lines(texts: readonly string[], more: { from?: number; gap?: number; size?: number } = {}): Words[] {
  const { from = 760, gap = 12, size = 10 } = more;
  return texts.map((text, at) => ({ text, y: from - at * gap, size }));
}
