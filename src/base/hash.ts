import { hash as digest } from 'node:crypto';

/** The first 16 bytes of SHA-256: enough that two different texts never meet, half the room. */
export function shortHash(text: string): Uint8Array {
  return digest('sha256', text, 'buffer').subarray(0, 16);
}

/** SHA-256 in hexadecimal. */
export function sha256(text: string): string {
  return digest('sha256', text, 'hex');
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
