import type { Finding } from './Finding.ts';

/** Words before a number that make it one to call, in the languages that people write in. */
const LABEL = String.raw`(?:\b(?:tel(?:efon(?:nummer)?|ephone|éfono|efono|efone|efoon)?|t[ée]l[ée]phone|tél|phone(?: number)?|mobil(?:e|nummer|telefon)?|handy(?:nummer)?|rufnummer|fax|cell(?:ulare|ular)|cell ?phone|call(?: me)?(?: (?:at|on|under))?|ring|whatsapp|signal|viber|portable|móvil|celular|telemóvel|gsm|puhelin|τηλ|тел(?:ефон)?|моб(?:ильный)?)|\b(?:tel|sms|callto|whatsapp):(?:\/\/)?|wa\.me\/|电话|電話|手机|手機|联系方式|携帯|전화|휴대폰|연락처|هاتف|جوال|موبايل|טלפון|נייד|फ़ोन|โทร)`;
const LABELLED = new RegExp(
  String.raw`(?<!\p{L})(${LABEL}(?:[ .]{0,2}(?:no|nr|number|nummer|is|ist|lautet|est|es|é|è|是|は|番号|号码|號碼)(?!\p{L}))?[ .:=#*_）)]{0,4})((?:\+|00)?\(?\d(?:[ ().\-/]{0,3}\d){5,14})(?!\d)`,
  'giu',
);
/** A number with the country in front, wherever it stands. */
const INTERNATIONAL = /(?<![A-Za-z0-9_+-])(?:\+|(?<![./:])00)[1-9]\d{0,2}(?:[ ().\-/]{0,3}\d){6,13}(?!\d)/g;
/** With the zero of a trunk and in groups. */
const NATIONAL = /(?<![\p{L}\p{N}/.:_#+-])\(?0\d{1,5}\)?[ /-](?:[ -]{0,2}\d){5,10}(?!\d|:\d)/gu;
const DOTTED = /(?<![A-Za-z0-9/.:_#+-])0\d{1,4}(?:\.\d{2,4}){2,4}(?!\d|\.\d)/g;
const AMERICAN = /(?<![\p{L}\p{N}/.:_-])\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?!\d)/gu;
/** In groups of three, three and four, and not in a row with other numbers, as in a table. */
const AMERICAN_SPACED = /(?<![\p{L}\p{N}/.:_#-])(?<!\d[ \t|])\(?[2-9]\d\d\)? [2-9]\d\d \d{4}(?![ \t|]?\d)/gu;
/** In one piece: a trunk's zero, or a mobile phone in China. Beside a word for something else it is that. */
const WHOLE = /(?<![A-Za-z0-9_.:/#=+$€£¥-])(?:0[1-9]\d{8,10}|1[3-9]\d{9})(?![A-Za-z0-9_]|[.,:]\d|-\d)/g;
const OTHER_NUMBER =
  /(?:\b(?:orders?|tickets?|invoices?|rechnung(?:snummer)?|bestell(?:ung|nummer)|auftrag(?:snummer)?|kundennummer|id|ids|ref(?:erence)?|build|case|isbn|sku|commit|row|serial|commande|factura|pedido|заказа?)(?:[ .-]{0,2}(?:no|nr|number|id))?|订单号?|单号|编号|注文番号)\W{0,4}$/iu;

/** Phone numbers: by the word before them, by the country's, or by how they are written. @param text folded */
export function findPhones(text: string): Finding[] {
  const found: Finding[] = [];
  const add = (from: number, to: number) => found.push({ kind: 'phone', from, to });
  for (const { index, 1: label = '', 2: number = '' } of text.matchAll(LABELLED)) {
    if (isCallable(number)) add(index + label.length, index + label.length + number.length);
  }
  for (const pattern of [INTERNATIONAL, NATIONAL, DOTTED, AMERICAN, AMERICAN_SPACED]) {
    for (const { index, 0: number } of text.matchAll(pattern)) {
      if (isCallable(number)) add(index, index + number.length);
    }
  }
  for (const { index, 0: number } of text.matchAll(WHOLE)) {
    if (!OTHER_NUMBER.test(text.slice(Math.max(0, index - 32), index))) add(index, index + number.length);
  }
  return found;
}

/** No date, and as many digits as phones have. */
function isCallable(number: string): boolean {
  if (
    /^\(?\d{1,2}[ ./-]\d{1,2}[ ./-](?:\d{4}|\d{2})\b(?![ ./-]\d)/.test(number) ||
    /^\d{4}[./-]\d\d[./-]\d\d\b/.test(number)
  ) {
    return false;
  }
  const digits = number.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 15;
}
