/**
 * Words that point back at something said before, by language: pronouns and the like anywhere in a question, and words
 * that begin one which goes on from another ("and on Linux?"). Lower case.
 */
export const POINTING_BACK: Readonly<Record<string, string>> = {
  en: 'it its this these those they them their theirs he she him her his hers',
  de: 'dies dieses diese sie ihn ihm ihnen er davon dazu dafür dabei darauf daran',
  fr: 'il elle ils elles lui leur leurs ça cela ceci celui celle ceux celles son sa ses y',
  es: 'él ella ellos ellas eso esto aquello ese esa esos esas su sus ahí',
  pt: 'ele ela eles elas lhe isso isto aquilo esse essa esses essas seu sua seus suas',
  it: 'esso essa lui lei loro ciò questo questa questi queste quello quella quelli quelle suo sua suoi sue',
  nl: 'dit deze hij zij ze hem haar hun hen er daarvan daarmee daarvoor',
  pl: 'to ten ta tego tej on ona ono oni jego jej ich je',
  ru: 'это этот эта эти этого этой он она оно они его её их ему ей им там',
  uk: 'це цей ця ці цього він вона воно вони його її їх там',
  tr: 'o onu ona onun bu bunu bunun şu onlar bunlar orada',
  sv: 'det dessa detta denna han hon hans hennes deras',
  ar: 'هو هي هم هذا هذه ذلك تلك هناك منه فيه له لها بها',
  vi: 'nó đó này kia họ ấy',
  id: 'itu ini dia mereka tersebut',
  hi: 'यह वह ये वे इसका इसके इसे उसका उसके उसे उनके वहाँ',
  el: 'αυτό αυτή αυτός αυτά αυτές αυτοί εκεί',
};

/** Words that may point back or not: they count in a short question only. */
export const MAYBE_POINTING_BACK: Readonly<Record<string, string>> = {
  en: 'that there one ones such same other others another more else former latter both either neither',
  de: 'es das dieser diesen diesem sein seine seinen ihre ihren damit dort solche selbe andere anderen anderes beide mehr sonst noch',
  fr: 'là en autre autres même mêmes plus aussi',
  es: 'lo le otro otra otros otras mismo misma más ambos también',
  pt: 'lá outro outra outros outras mesmo mesma mais ambos também',
  it: 'ci ne altro altra altri altre stesso stessa più entrambi anche',
  nl: 'het dat daar andere anderen zelfde meer beide nog',
  pl: 'tam inny inne inna więcej też taki',
  ru: 'другой другие другая ещё такой такие тот та те тоже',
  uk: 'інший інші ще такий той теж',
  tr: 'başka diğer daha aynı böyle',
  sv: 'den där andra mer samma också',
  ar: 'آخر أخرى أيضا',
  vi: 'vậy thế khác nữa',
  id: 'lain lagi juga sana',
  hi: 'दूसरा अन्य भी',
  el: 'άλλο άλλα άλλη ίδιο επίσης το του της',
};

export const GOING_ON: Readonly<Record<string, string>> = {
  en: 'and but or so also then about yes no ok okay only really thanks',
  de: 'und aber oder also dann auch ja nein ok warum welche nur wirklich danke',
  fr: 'et mais ou donc alors aussi oui non ok pourquoi lequel seulement vraiment merci',
  es: 'y e pero o entonces también sí no ok por cuál solo gracias',
  pt: 'e mas ou então também sim não ok por qual só obrigado',
  it: 'e ed ma o quindi allora anche sì no ok perché quale solo grazie',
  nl: 'en maar of dus dan ook ja nee ok waarom welke alleen echt bedankt',
  pl: 'a i ale czy więc to tak nie ok dlaczego który tylko dzięki',
  ru: 'а и но или тогда также да нет ок почему какой только спасибо',
  uk: 'а і й та але чи тоді також так ні чому який тільки дякую',
  tr: 'peki ve ama ya veya o zaman evet hayır neden hangi sadece teşekkürler',
  sv: 'och men eller så då också ja nej ok varför vilken bara tack',
  ar: 'و لكن أو إذا ثم نعم لا لماذا أي فقط شكرا وماذا',
  vi: 'và nhưng hay vậy thế còn vâng không sao cảm',
  id: 'dan tapi atau lalu kalau ya tidak kenapa mana hanya terima',
  hi: 'और लेकिन या तो फिर हाँ नहीं क्यों कौनसा धन्यवाद',
  el: 'και αλλά ή τότε επίσης ναι όχι γιατί ποιο μόνο ευχαριστώ',
};

/** The same for scripts that put no spaces between words, found anywhere. */
export const POINTING_BACK_UNSPACED: Readonly<Record<string, RegExp>> = {
  zh: /它|这个|這個|那个|那個|这些|這些|那些|这样|這樣|那样|他们|她们|他|她|其他|另外|那么|呢[？?]?$|^那|^还有|^那么|^而且|^可是|^但/u,
  ja: /それ|その|これ|この|あれ|あの|そこ|そちら|彼|他の|じゃあ|では、|^で、|^また|^でも|ほかに/u,
  ko: /그것|그거|이것|이거|그게|이게|그건|이건|거기|다른|그럼|그러면|^그리고|^하지만/u,
  th: /มัน|นั้น|นี้|เขา|เธอ|พวกเขา|อื่น|แล้ว.*ล่ะ|ด้วย/u,
};
