/**
 * Stemmers for languages that snowball-stemmers lacks or does badly: they take off the commonest endings and nothing
 * more, which is what retrieval needs. All take a folded word.
 */

/** "Light10" of Larkey, Ballesteros and Connell (2007): articles with their prepositions, then number and possession. */
export function stemArabic(word: string): string {
  let rest = word;
  if (rest.startsWith('و') && rest.length >= 4) rest = rest.slice(1);
  const prefix = ['وال', 'بال', 'كال', 'فال', 'ال', 'لل'].find(
    (p) => rest.startsWith(p) && rest.length - p.length >= 2,
  );
  if (prefix) rest = rest.slice(prefix.length);
  for (const suffix of ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ه', 'ي']) {
    if (rest.endsWith(suffix) && rest.length - suffix.length >= 2) rest = rest.slice(0, -suffix.length);
  }
  return rest;
}

const GREEK_ENDINGS =
  `ματων ματοσ ματα ουσεσ ομαστε ονται εται ησεισ ησουν ουμε ησει ετε ουν ουσ εισ εων εωσ ησε ηκε ικα ησ εσ οσ ων ασ
  οι ου ει αι ον ην αν α ε η ι ο υ ω`.split(/\s+/);

/** The commonest endings of Greek nouns, adjectives and verbs, the longest first. */
export function stemGreek(word: string): string {
  return cutEnding(word, GREEK_ENDINGS, 3);
}

// Ramanathan and Rao (2003), "A lightweight stemmer for Hindi": its list of endings, the longest first.
const HINDI_ENDINGS = `ाएंगी ाएंगे ाऊंगी ाऊंगा ाइयां ाइयों ाएगी ाएगा ाओगी ाओगे एंगी ेंगी एंगे ेंगे ूंगी ूंगा ातीं नाओं नाएं ताओं ताएं
  ियां ियों ाकर ाइए ाईं ाया ेगी ेगा ोगी ोगे ाने ाना ाते ाती ाता तीं ाओं ाएं ुओं ुएं ुआं कर ाओ िए ाई ाए ने नी ना ते ीं ती ता ां
  ों ें ो े ू ु ी ि ा`.split(/\s+/);

export function stemHindi(word: string): string {
  return cutEnding(word, HINDI_ENDINGS, 2);
}

function cutEnding(word: string, endings: readonly string[], keep: number): string {
  const ending = endings.find((e) => word.endsWith(e) && word.length - e.length >= keep);
  return ending ? word.slice(0, -ending.length) : word;
}
