const STEPS = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
  ['month', 30.44 * 86_400],
  ['year', 365.25 * 86_400],
];
const FRESH_S = 86_400;
const AGING_S = 14 * 86_400;

/** Puts the moments of a page into the reader's own words and time zone; the server gave them in UTC. */
export function ownMoments() {
  for (const time of document.querySelectorAll('time')) {
    const date = new Date(time.dateTime);
    const whole = date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
    const fresh = time.closest('.fresh');
    if (time.dataset.day !== undefined) time.textContent = date.toLocaleDateString(undefined, { dateStyle: 'medium' });
    else time.textContent = fresh ? ago(date) : whole;
    time.title = whole;
    if (fresh) fresh.dataset.age = age((Date.now() - date) / 1000);
  }
}

/** "3 hours ago", in the reader's language. */
function ago(date) {
  const seconds = (Date.now() - date) / 1000;
  const [unit, length] = STEPS.findLast(([, from]) => seconds >= from) ?? ['second', 1];
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  return unit === 'second' ? format.format(0, 'second') : format.format(-Math.floor(seconds / length), unit);
}

function age(seconds) {
  if (seconds < FRESH_S) return 'fresh';
  return seconds < AGING_S ? 'aging' : 'old';
}
