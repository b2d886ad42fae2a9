/**
 * Where to cut a text that begins at `start` into parts of at most `length` UTF-16 units: after the last space or newline
 * in the second half of the part, else anywhere but inside a surrogate pair. Looks at no more than the part itself.
 */
export function breakBetween(text: string, start: number, length: number): number {
  const end = start + length;
  if (end >= text.length) return text.length;
  const half = text.slice(start + (length >> 1), end);
  const space = Math.max(half.lastIndexOf(' '), half.lastIndexOf('\n'));
  if (space !== -1) return start + (length >> 1) + space + 1;
  const inside = (text.charCodeAt(end) & 0xfc00) === 0xdc00 && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return inside && end - 1 > start ? end - 1 : end;
}
