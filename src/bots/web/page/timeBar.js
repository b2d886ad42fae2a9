import { h } from './dom.js';
import { svg } from './svg.js';

const WIDTH = 1000;
const HEIGHT = 30;

/**
 * Where the time went, as a bar from the question to the answer. Both searches run side by side, so they share a stretch,
 * one above the other. Draws into `figure`; `timings` in milliseconds, by stage.
 */
export function timeBar(figure, timings) {
  const { words = 0, vectors = 0, check = 0, answer = 0, total = 0 } = timings;
  const searching = Math.max(words, vectors);
  const all = Math.max(total, searching + check + answer);
  if (all === 0) return;
  const parts = [
    { stage: 'words', name: 'by words', from: 0, ms: words, top: 0, height: HEIGHT / 2 - 1 },
    { stage: 'vectors', name: 'by meaning', from: 0, ms: vectors, top: HEIGHT / 2 + 1, height: HEIGHT / 2 - 1 },
    { stage: 'check', name: 'checking', from: searching, ms: check, top: 0, height: HEIGHT },
    { stage: 'answer', name: 'writing', from: searching + check, ms: answer, top: 0, height: HEIGHT },
    { stage: 'rest', name: 'the rest', from: searching + check + answer, ms: all - searching - check - answer },
  ].filter(({ ms }) => ms > 0);
  const x = (ms) => (WIDTH * ms) / all;
  const bars = parts.map(({ stage, from, ms, top = 0, height = HEIGHT }) =>
    svg('rect', { class: `part ${stage}`, x: x(from), y: top, width: Math.max(1.5, x(ms) - 1.5), height, rx: 3 }),
  );
  const drawing = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', class: 'bar-picture' });
  drawing.setAttribute('aria-hidden', 'true'); // the table below says the same
  drawing.append(...bars);
  const keys = parts.map(({ stage, name, ms }) => h('span', { class: `key part ${stage}` }, `${name} ${ms} ms`));
  figure.replaceChildren(drawing, h('figcaption', {}, ...keys));
  figure.hidden = false;
}
