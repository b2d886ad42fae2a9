import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../../src/sync/web/canonicalUrl.ts';
import { fileNameOf } from '../../../src/sync/web/fileNameOf.ts';

describe('one page has one address', () => {
  it.each([
    ['HTTPS://Docs.Example:443/Guide#part-2', 'https://docs.example/Guide'],
    ['http://docs.example', 'http://docs.example/'],
    ['https://docs.example./a', 'https://docs.example/a'],
    ['https://docs.example/a?utm_source=slack&id=7&fbclid=x', 'https://docs.example/a?id=7'],
    ['https://docs.example/a?utm_medium=x', 'https://docs.example/a'],
    ['https://docs.example/a/../b', 'https://docs.example/b'],
    ['https://docs.example/a/', 'https://docs.example/a/'],
    ['https://docs.example/a?b=1&a=2', 'https://docs.example/a?b=1&a=2'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ])('%s is %s', (address, canonical) => expect(canonicalUrl(address)).toBe(canonical));

  it.each([
    'mailto:a@b.example',
    'ftp://a.example/',
    'javascript:alert(1)',
    'https://u:p@a.example/',
    '',
    'no',
    'http://',
  ])('%s is none', (address) => expect(canonicalUrl(address)).toBeUndefined());

  it('stays what it is when it is made canonical again', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (address) => {
        const once = canonicalUrl(address);
        if (once !== undefined) expect(canonicalUrl(once)).toBe(once);
      }),
    );
  });
});

describe('what a page is', () => {
  const name = (path: string, contentType: string, body: string | Uint8Array) =>
    fileNameOf({
      url: `https://a.example${path}`,
      contentType,
      bytes: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    });
  const html = '\ufeff <?xml version="1.0"?><!-- a --><!-- b -->\n<!DOCTYPE html><p>';

  it.each([
    ['/guide', 'text/html; charset=utf-8', '<p>Hello', 'guide.html'],
    ['/', 'text/html', '<html>', 'page.html'],
    ['/readme.md', 'text/plain', '# Hello', 'readme.md'],
    ['/notes', 'text/plain', 'Hello', 'notes.txt'],
    ['/notes', '', 'Hello', 'notes.txt'],
    ['/a.php', 'text/plain', 'Hello', 'a.txt'],
    ['/a.csv', 'application/octet-stream', 'a,b', 'a.csv'],
    ['/x', 'text/markdown', '# x', 'x.md'],
    ['/report', 'application/pdf', '%PDF-1.7', 'report.pdf'],
  ])('%s, called %s', (path, type, body, expected) => expect(name(path, type, body)).toBe(expected));

  it('is what its bytes say, where the server lies', () => {
    expect(name('/report.html', 'text/html', '%PDF-1.7')).toBe('report.pdf');
    expect(name('/report.pdf', 'application/pdf', html)).toBe('report.html');
    expect(name('/data.json', 'application/json', html)).toBe('data.html');
    expect(name('/a', 'text/plain', html)).toBe('a.html');
    for (const bytes of ['\u0089PNG\r\n', '\u001f\u008b', '\u007fELF', 'PK\u0003\u0004']) {
      const binary = Uint8Array.from(bytes, (letter) => letter.charCodeAt(0));
      expect(() => name('/page.html', 'text/html', binary)).toThrow(/Left out/);
    }
  });

  it.each([
    ['/data.json', 'application/json', '{}'],
    ['/a.png', 'image/png', 'x'],
    ['/a.bin', 'application/octet-stream', 'x'],
    ['/a', 'made up by <script>', 'x'],
  ])('is nothing to read: %s, called %s', (path, type, body) =>
    expect(() => name(path, type, body)).toThrow(/Left out/),
  );

  it('answers for whatever bytes there are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, type) => {
        try {
          expect(fileNameOf({ url: 'https://a.example/x', contentType: type, bytes })).toMatch(/^[\w.-]+$/);
        } catch (error) {
          expect((error as { code: string }).code).toBe('input');
        }
      }),
    );
  });
});
