/** Whether a word in lower case means something else than a person, so that alone it names nobody. */
export type IsOrdinary = (word: string) => boolean;

/** First names that are words too: alone they mean somebody only behind an `@`. */
const ALSO_WORDS =
  'will mark may april june august art bill bob drew faith grace grant guy hope jack joy lance max miles pat penny pierce rich rob rose sky sue summer victor ward chase chance case dean dale earl frank gene glen june lee ray rusty sandy star stone tab tag test user admin bot team support info the and for don sam angel christian autumn dawn ivy jade olive pearl ruby violet iris lily daisy hunter cole bishop carter mason page paige reed wade heath cliff brook brooke forest jasmine amber crystal destiny harmony melody storm';
/** What accounts are called in chats, and is no name. */
const OF_ACCOUNTS =
  'ops devops admin root system support help info sales hr it qa dev test tests bot api app web db sql aws gcp azure git github gitlab slack discord jira jenkins docker linux ubuntu java python rust node react vpn ssh http https ios android mac windows chrome email mail office news alerts alert build builds deploy deploys release releases staging prod production backend frontend infra platform data security legal finance marketing design product onboarding general random everyone everybody here channel all nobody somebody someone anyone unknown deleted former guest external team acme null none undefined todo wip faq tbd eta fyi asap lgtm kubernetes';
/** Short words of other languages; English has a dictionary. */
const OF_LANGUAGES =
  'und der die das den dem des ein eine ist mit von bei auf aus für nach oder aber nicht noch nur auch als wie wer was wann hat war bin bist sind man mal mein dein sein ihr wir uns hier dort heute morgen gut neu alt tag zeit jahr haus herr frau ' +
  'les des une est pas que qui par sur mais avec sans pour dans mon ton son nous vous ils elle elles tout bien fait oui non jour bon plus ' +
  'los las una uno por con sin más del pero como todo este esta sol luz mar paz rey día sus hay ' +
  'che non sono per con una del della anche come più ora sole ' +
  'não com uma por mais dos das você isso está ' +
  'het een van niet met voor maar ook dat dit zijn naar ' +
  'och att det som med för inte jag har den ett till nie jest jak się tak to i на не что это как все для она они мне вот уже или';

const OWN: ReadonlySet<string> = new Set(`${ALSO_WORDS} ${OF_ACCOUNTS} ${OF_LANGUAGES}`.split(' '));
const FIRST_NAMES: ReadonlySet<string> = new Set(`${ALSO_WORDS} ${OF_ACCOUNTS}`.split(' '));

/** Of words that begin with a capital: those of our lists, and no whole dictionary, since most names are words of one. */
export const isOwnWord: IsOrdinary = (word) => FIRST_NAMES.has(word);

let loading: Promise<IsOrdinary> | undefined;

/** Of words in lower case. A dictionary of English (names begin with a capital there), read when it is first wanted. */
export function loadOrdinaryWords(): Promise<IsOrdinary> {
  loading ??= load();
  return loading;
}

async function load(): Promise<IsOrdinary> {
  const { default: english } = await import('dictionary-en');
  const words = new Set(OWN);
  for (const line of new TextDecoder().decode(english.dic).split('\n')) {
    const word = line.split('/', 1)[0] ?? '';
    if (/^\p{Ll}/u.test(word)) words.add(word);
  }
  return (word) =>
    words.has(word) ||
    (/^.{4,}(?:s|es|d|ed|r|er|ly)$/.test(word) && [1, 2].some((ending) => words.has(word.slice(0, -ending)))) ||
    (word.length > 5 && word.endsWith('ing') && (words.has(word.slice(0, -3)) || words.has(`${word.slice(0, -3)}e`)));
}
