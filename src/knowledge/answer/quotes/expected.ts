/** What an answer to some questions has, whatever they are about. */
export type ExpectedForm = 'number' | 'cause' | 'definition';

const words = (list: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${list})(?![\\p{L}\\p{N}])`, 'iu');

const WHY = [
  words(
    'why|what caused|what was the (?:cause|reason)|how come|warum|wieso|weshalb|pourquoi|por qu[eé]|perch[eé]|waarom|почему|لماذا',
  ),
  /为什么|为何|原因|なぜ|どうして/u,
];
/** Only where little else is asked: "what is the limit for meals?" wants no definition. */
const MAX_DEFINED_CHARS = 40;
const WHAT_IS = [
  /^\P{L}*(?:what(?: is| are|.s)|was (?:ist|sind)|qu.est-ce qu|qu[eé] (?:es|son)|o que (?:é|são)|che cos|cos.è|wat (?:is|zijn)|что такое|ما هو|ما هي)/iu,
  /什么是|是什么|とは(?:何)?/u,
];
const DEFINES = [
  words(
    '(?:is|are) (?:an?|the)|means|stands for|(?:ist|sind) (?:eine?|der|die|das)|bedeutet|est une?|es una?|é uma?|è una?|is een|это',
  ),
  /是(?:一|指)|とは|指的是/u,
];
const HOW_MUCH = [
  words(
    'when|how (?:many|much|long|often|far|old|big|large|fast)|what (?:time|date|day|year|number|percentage)|which (?:day|date|year)|' +
      'wann|wie ?(?:viele?|lange|oft|weit|alt|groß|hoch)|welche[rsnm]? (?:tag|jahr|datum)|quand|combien|cu[aá]ndo|cu[aá]nt[oa]s?|' +
      'quando|quant[oaie]s?|wanneer|hoe ?(?:veel|lang|vaak)|когда|сколько|متى|كم',
  ),
  /多少|几|多久|什么时候|何时|哪年|哪一年|哪天|いつ|いくつ|何(?:時|日|年|人|回|個|分)/u,
];
const CAUSE = [
  words(
    'because|since|due to|caused?|reason|in order to|so that|therefore|led to|turns out|' +
      'weil|da|denn|wegen|damit|grund|ursache|lag an|parce que|car|à cause|afin|porque|debido|a causa|para que|perché|poiché|' +
      'por causa|omdat|doordat|потому|из-за|так как|لأن|بسبب',
  ),
  /因为|由于|原因|因此|所以|ため|ので|から/u,
];
const NUMBER = [
  /\p{N}/u,
  words(
    'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|once|twice|daily|weekly|' +
      'zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|tausend|' +
      'deux|trois|quatre|cinq|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|due|tre|quattro|cinque',
  ),
  /[一二三四五六七八九十百千万亿两]/u,
];
const ASKED: Readonly<Record<ExpectedForm, readonly RegExp[]>> = { cause: WHY, number: HOW_MUCH, definition: WHAT_IS };
const GIVEN: Readonly<Record<ExpectedForm, readonly RegExp[]>> = { cause: CAUSE, number: NUMBER, definition: DEFINES };

/** What the answer to a question should have, as far as the question's own words tell. */
export function expectedForm(question: string): ExpectedForm | undefined {
  const forms: readonly ExpectedForm[] = ['cause', 'number', 'definition'];
  const found = forms.find((form) => ASKED[form].some((cue) => cue.test(question)));
  return found === 'definition' && question.length > MAX_DEFINED_CHARS ? undefined : found;
}

/** True if a text has what is expected, or nothing particular is. */
export function hasForm(text: string, form: ExpectedForm | undefined): boolean {
  return form === undefined || GIVEN[form].some((cue) => cue.test(text));
}
