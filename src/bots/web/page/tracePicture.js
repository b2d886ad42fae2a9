import { h } from './dom.js';
import { shorten, svg } from './svg.js';

/** More rows than these make no picture any more; the table below has them all. */
const MOST_ROWS = 10;
const SIDE = 268;
const MIDDLE = 340;
const GAP = 92;
const ROW = 46;
const TOP = 44;
const WIDTH = 2 * SIDE + MIDDLE + 2 * GAP;

/**
 * How the passages came together: to the left those that were found by words, to the right by meaning, each in its own
 * order; in the middle what became of the two, with what the answer used and cited. Draws into `figure`.
 * `passages` as in the server's trace, best first.
 */
export function tracePicture(figure, passages) {
  const all = passages.map((passage, i) => ({ ...passage, place: i + 1 }));
  const rows = all.filter(({ cited, n }, i) => i < MOST_ROWS || cited || (n !== undefined && i < 2 * MOST_ROWS));
  const middle = column(rows, SIDE + GAP);
  const sides = [
    { way: 'words', x: 0, from: SIDE, to: SIDE + GAP, head: 'Found by words' },
    { way: 'vectors', x: WIDTH - SIDE, from: WIDTH - SIDE, to: SIDE + GAP + MIDDLE, head: 'Found by meaning' },
  ].map((side) => ({ ...side, rows: column(ranked(rows, side.way), side.x) }));
  const drawing = svg('svg', {
    viewBox: `-1 0 ${WIDTH + 2} ${TOP + rows.length * ROW}`,
    role: 'img',
    'aria-label': inWords(all),
    class: 'picture',
  });
  const most = rows[0]?.score || 1;
  for (const side of sides) {
    drawing.append(...side.rows.map(({ passage, y }) => line(side, y, middle, passage)));
  }
  drawing.append(heading('Together', SIDE + GAP), ...middle.map(({ passage, y, x }) => fused(passage, x, y, most)));
  for (const side of sides) {
    drawing.append(heading(side.head, side.x));
    drawing.append(...side.rows.map(({ passage, y, x }) => found(passage, passage[side.way].rank, x, y)));
    if (side.rows.length === 0) drawing.append(svg('text', { x: side.x, y: TOP + 27, class: 'none' }, 'nothing'));
  }
  const rest = all.length - rows.length;
  const caption = h(
    'figcaption',
    {},
    h('span', { class: 'key cited' }, 'cited in the answer'),
    h('span', { class: 'key used' }, 'used for the answer'),
    h('span', { class: 'key left' }, 'found, not used'),
    rest > 0 && h('span', {}, `${rest} more in the table below`),
  );
  figure.replaceChildren(
    h('div', { class: 'scroll', role: 'region', 'aria-label': 'How the passages came together', tabindex: 0 }, drawing),
    caption,
  );
  figure.hidden = false;
  for (const label of drawing.querySelectorAll('[data-most]')) shorten(label, Number(label.dataset.most));
  followPointer(drawing);
}

const column = (passages, x) => passages.map((passage, i) => ({ passage, x, y: TOP + i * ROW }));
const ranked = (rows, way) => rows.filter((row) => row[way]).sort((a, b) => a[way].rank - b[way].rank);
const use = ({ cited, n }) => (cited ? 'cited' : n === undefined ? 'left' : 'used');
const nameOf = ({ title }) => title ?? 'cannot be read any more';

/** Of a page's path the last part tells most, and there is little room. */
function shortName(passage) {
  const [first, ...rest] = nameOf(passage).split(' › ');
  return rest.length > 0 ? `${rest.at(-1)} · ${first}` : first;
}

function heading(text, x) {
  return svg('text', { x, y: 18, class: 'head' }, text);
}

function line({ from, to }, y, middle, passage) {
  const target = middle.find((row) => row.passage === passage);
  const [a, b] = [y + ROW / 2 - 5, target.y + ROW / 2 - 5];
  const bend = (from + to) / 2;
  return svg('path', {
    d: `M${from} ${a}C${bend} ${a} ${bend} ${b} ${to} ${b}`,
    class: `line ${use(passage)}`,
    'data-passage': passage.passageId,
  });
}

function found(passage, rank, x, y) {
  return svg(
    'g',
    { class: `found ${use(passage)}`, 'data-passage': passage.passageId, transform: `translate(${x} ${y})` },
    svg('title', {}, nameOf(passage)),
    svg('rect', { width: SIDE, height: ROW - 10, rx: 8 }),
    svg('text', { x: 34, y: 23, class: 'rank', 'text-anchor': 'end' }, `${rank}`),
    svg('text', { x: 46, y: 23, 'data-most': SIDE - 58 }, shortName(passage)),
  );
}

function fused(passage, x, y, most) {
  return svg(
    'g',
    { class: `fused ${use(passage)}`, 'data-passage': passage.passageId, transform: `translate(${x} ${y})` },
    svg('title', {}, nameOf(passage)),
    svg('rect', { width: MIDDLE, height: ROW - 10, rx: 8 }),
    svg('text', { x: 34, y: 21, class: 'rank', 'text-anchor': 'end' }, `${passage.place}`),
    svg('text', { x: 46, y: 21, 'data-most': MIDDLE - 102 }, shortName(passage)),
    svg('text', { x: MIDDLE - 12, y: 21, class: 'score', 'text-anchor': 'end' }, passage.score.toFixed(2)),
    svg('rect', { class: 'track', x: 46, y: 28, width: MIDDLE - 58, height: 3, rx: 1.5 }),
    svg('rect', {
      class: 'amount',
      x: 46,
      y: 28,
      width: Math.max(3, ((MIDDLE - 58) * passage.score) / most),
      height: 3,
      rx: 1.5,
    }),
  );
}

/** The same for those who do not see it, in short; the table has the rest. */
function inWords(all) {
  const count = (has) => all.filter(has).length;
  const cited = all.filter((passage) => passage.cited).map((passage) => `number ${passage.place}, ${nameOf(passage)}`);
  return (
    `${count(({ words }) => words)} passages were found by words, ${count(({ vectors }) => vectors)} by meaning, ` +
    `${count(({ words, vectors }) => words && vectors)} by both. ` +
    `Of the ${all.length} together, ${count(({ n }) => n !== undefined)} were used. ` +
    (cited.length > 0 ? `Cited: ${cited.join('; ')}.` : 'None was cited.')
  );
}

/** Where the pointer rests, a passage stands out in all three columns. */
function followPointer(drawing) {
  drawing.addEventListener('pointerover', ({ target }) => {
    const id = target.closest('[data-passage]')?.dataset.passage;
    drawing.classList.toggle('pointed', id !== undefined);
    for (const part of drawing.querySelectorAll('[data-passage]')) {
      part.classList.toggle('same', part.dataset.passage === id);
    }
  });
  drawing.addEventListener('pointerleave', () => drawing.classList.remove('pointed'));
}
