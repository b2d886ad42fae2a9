import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { Page } from './startFakeWeb.ts';

/** A page that never ends: it keeps sending as long as anybody listens. */
export const endless: Page = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  const more = Buffer.alloc(64 * 1024, 'la ');
  const send = () => {
    while (!response.destroyed && response.write(more));
  };
  response.on('drain', send);
  send();
};

/** Headers, and then nothing more, ever. */
export const silent: Page = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.write('<html>');
};

/** Not even headers. */
export const mute: Page = () => {};

/** A body of that size in unpacked bytes, which is a few kilobytes on the wire. */
export function bomb(encoding: 'gzip' | 'br' | 'zstd' | 'gzip, gzip', unpackedBytes: number): Page {
  const zeros = Buffer.alloc(unpackedBytes);
  const body = {
    gzip: () => gzipSync(zeros),
    br: () => brotliCompressSync(zeros),
    zstd: () => zstdCompressSync(zeros),
    'gzip, gzip': () => gzipSync(gzipSync(zeros)),
  }[encoding]();
  return { headers: { 'content-encoding': encoding, 'content-type': 'text/html' }, body };
}

/** It promises so many bytes and sends what it sends. */
export function promising(bytes: number, body: string): Page {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': String(bytes) });
    response.write(body, () => response.socket?.end());
  };
}

/** A great many headers. */
export const talkative: Page = (_, response) => {
  const headers: Record<string, string> = { 'content-type': 'text/html' };
  for (let i = 0; i < 200; i++) headers[`x-${i}`] = 'y'.repeat(1000);
  response.writeHead(200, headers).end('<html></html>');
};

/** It speaks something, but not HTTP. */
export const garbage: Page = (_, response) => {
  response.socket?.end('\u0000\u0001 no HTTP at all\r\n\r\n');
};

export const redirectTo = (location: string, status = 302): Page => ({ status, headers: { location } });
