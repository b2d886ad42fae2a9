/**
 * What people write in conversations that tells what a turn is for, in the languages of the bot's own sentences. Only
 * hints: a turn in a language that is not here is judged by its form and its place alone.
 */
const words = (list: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${list})(?![\\p{L}\\p{N}])`, 'iu');
/** Without spaces between words there is no beginning and no end of one. */
const parts = (list: string): RegExp => new RegExp(`(?:${list})`, 'iu');

const THANKS = [
  words(
    'thanks|thank you|thx|ty|cheers|you.?re welcome|no problem|np|good morning|hello|hi|hey|lol|haha+|nice|cool|great|awesome|' +
      'danke|vielen dank|gern geschehen|bitte schön|guten morgen|moin|super|merci|de rien|bonjour|gracias|de nada|buenos días|hola|' +
      'obrigad[oa]|bom dia|grazie|prego|buongiorno|bedankt|dank je|graag gedaan|спасибо|пожалуйста|привет|شكرا|شكرًا|مرحبا',
  ),
  parts('谢谢|多谢|不客气|你好|早上好|ありがとう|どういたしまして|おはよう|了解'),
];

const SETTLED = [
  words(
    'works|worked|working|fixed|solved|resolved|sorted|did it|that.?s it|that was it|' +
      'läuft|klappt|funktioniert|gelöst|behoben|erledigt|war es|geht wieder|ça marche|fonctionne|résolu|réglé|corrigé|' +
      'funciona|funcionó|resuelto|solucionado|arreglado|era eso|resolvido|funcionou|funziona|risolto|werkt|opgelost|' +
      'работает|заработало|решено|исправлено|يعمل|تم الحل',
  ),
  parts('解决了|可以了|好了|修好|搞定|直りました|解決|できました|動きました'),
];

const EXPLAINS = [
  words(
    'you (?:need|have|can|should|must)|try|make sure|just (?:use|run|set|add)|because|the (?:cause|reason|fix|solution|answer)|' +
      'it was|turns out|from now on|instead|decided|' +
      'du musst|du kannst|man muss|sie müssen|sie können|weil|die (?:ursache|lösung)|es lag|ab jetzt|stattdessen|beschlossen|' +
      'il faut|vous devez|tu dois|tu peux|parce que|la (?:cause|solution)|c’était|désormais|' +
      'hay que|tienes que|debes|puedes|porque|la (?:causa|solución)|era|a partir de ahora|en su lugar|' +
      'é preciso|você (?:deve|precisa)|a (?:causa|solução)|bisogna|devi|puoi|perché|la soluzione|je moet|omdat|de oplossing|' +
      'нужно|надо|потому что|причина|решение|يجب|لأن|السبب',
  ),
  parts('需要|应该|可以用|因为|原因|必须|必要があり|してください|原因は|ためです'),
];

const NEEDS = [
  words(
    'question|any(?:one|body) know|does any(?:one|body)|has any(?:one|body)|can (?:some|any)(?:one|body)|how (?:do|can) (?:i|we)|' +
      '(?:need|please) help|help please|(?:does|do|is|are|will)(?: not|n.t) work(?:ing)?|won.t work|any idea|' +
      'frage|wei(?:ß|ss) jemand|hat jemand|wie (?:kann|komme|macht)|hilfe|geht nicht|funktioniert nicht|klappt nicht|' +
      'comment (?:faire|puis)|quelqu.un|ne (?:marche|fonctionne) pas|alguien|cómo (?:puedo|se)|ayuda|no funciona|' +
      'alguém|como (?:posso|faço)|não funciona|qualcuno|come (?:posso|si)|non funziona|iemand|hoe kan|werkt niet|' +
      'кто-нибудь|как (?:мне|можно)|не работает|помогите',
  ),
  parts('请问|怎么|如何|求助|有人知道|不能用|教えて|どうすれば|できない|動かない'),
];

const POLAR = [
  words('yes|yep|yeah|no|nope|not yet|ja|nein|doch|oui|non|si|sí|sim|não|sì|nee|да|нет|نعم|لا'),
  parts('是的|不是|对的|不行|可以|はい|いいえ'),
];
const MAX_OPENING_CHARS = 12;

/** Thanks, a greeting, applause. */
export const isCourteous = (text: string): boolean => THANKS.some((cue) => cue.test(text));
/** Asks for help without a question mark. */
export const isNeedy = (text: string): boolean => NEEDS.some((cue) => cue.test(text));
/** Says that something works now. */
export const isSettling = (text: string): boolean => SETTLED.some((cue) => cue.test(text));
/** Says what to do, what the reason was, or what has been decided. */
export const isExplaining = (text: string): boolean => EXPLAINS.some((cue) => cue.test(text));
/** Begins with yes or no, which means nothing without what was asked. */
export const isPolar = (text: string): boolean => {
  const opening = text.trimStart().split(/[\p{P}\n]/u, 1)[0] ?? '';
  return opening.length <= MAX_OPENING_CHARS && POLAR.some((cue) => cue.exec(opening)?.[0] === opening);
};
