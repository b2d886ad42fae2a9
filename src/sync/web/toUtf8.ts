import { isUtf8 } from 'node:buffer';

/**
 * The bytes of a text as UTF-8, where the server alone says that they are in something else; readers know no more than the
 * bytes. What is UTF-8 already stays as it is, whatever the server calls it.
 */
export function toUtf8(bytes: Uint8Array, contentType: string): Uint8Array {
  const label = /charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(contentType)?.[1];
  if (label === undefined || isUtf8(bytes)) return bytes;
  try {
    return new TextEncoder().encode(new TextDecoder(label).decode(bytes));
  } catch {
    return bytes;
  }
}
