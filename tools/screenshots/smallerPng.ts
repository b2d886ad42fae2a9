import { decodePng, encodePalette } from './png.ts';

const MOST_COLOURS = 256;

/**
 * A screenshot in a third of its bytes: with a palette of the colours that most pixels have. A page of text has few
 * hundred, nearly all of them the edges of letters, so that the nearest of the frequent ones looks the same.
 */
export function smallerPng(png: Buffer): Buffer {
  const { width, height, rgb } = decodePng(png);
  const counts = new Map<number, number>();
  const colourAt = (pixel: number) =>
    ((rgb[pixel * 3] as number) << 16) | ((rgb[pixel * 3 + 1] as number) << 8) | (rgb[pixel * 3 + 2] as number);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = colourAt(pixel);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MOST_COLOURS)
    .map(([colour]) => colour);
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  const pixels = Uint8Array.from({ length: width * height }, (_, pixel) => places.get(colourAt(pixel)) as number);
  return encodePalette({ width, height }, palette, pixels);
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  palette.forEach((candidate, at) => {
    const distance = [16, 8, 0].reduce(
      (sum, bits) => sum + (((candidate >> bits) & 255) - ((colour >> bits) & 255)) ** 2,
      0,
    );
    if (distance < least) [best, least] = [at, distance];
  });
  return best;
}
