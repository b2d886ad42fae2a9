import { call } from './api.js';
import { byId, h } from './dom.js';
import { ownMoments } from './moments.js';
import { timeBar } from './timeBar.js';
import { tracePicture } from './tracePicture.js';

ownMoments();
const figure = byId('picture');
const times = byId('times');
try {
  const { passages, timings } = await call('GET', `answers/${figure.dataset.answer}/trace`);
  if (passages.length > 0) tracePicture(figure, passages);
  if (times) timeBar(times, timings);
} catch (error) {
  figure.replaceChildren(h('p', { class: 'trouble' }, error.message));
  figure.hidden = false;
}
