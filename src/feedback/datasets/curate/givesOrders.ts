import { foldText } from '../../redact/foldText.ts';

/** Words between "ignore" and "instructions". */
const SOME = '[^.!?。！？]{0,40}?';

/** By which a text addresses a model rather than a person: to leave its orders aside, to be somebody else. */
const ORDERS = new RegExp(
  [
    String.raw`\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}?\b(?:instructions?|prompts?|rules|guidelines|above|previous)\b`,
    String.raw`\bsystem[ -]?prompts?\b|\byou are (?:now|no longer)\b|\bfrom now on,? you\b|\bpretend (?:to be|you are)\b`,
    String.raw`<\|?(?:im_start|im_end|system|endoftext|eot_id|start_header_id)\|?>|\[/?INST\]|<</?SYS>>`,
    String.raw`\b(?:ignorier|missacht|vergiss|vergesst|vergessen sie)\p{L}{0,12}${SOME}\b(?:anweisung|instruktion|regel|vorgabe|befehl|prompt)|\bdu bist (?:jetzt|ab jetzt|nun)\b`,
    String.raw`\b(?:ignor|oubli)\p{L}{0,12}${SOME}\b(?:instructions?|consignes?|règles|directives)(?!\p{L})|\b(?:tu es|vous êtes) (?:désormais|maintenant)\b`,
    String.raw`\b(?:ignor|olvid|descart)\p{L}{0,12}${SOME}(?<!\p{L})(?:instrucci(?:ones|ón)|indicaciones|órdenes|reglas)(?!\p{L})|\b(?:ahora eres|eres ahora|a partir de ahora eres)\b`,
    String.raw`\b(?:ignor|dimentic|scord)\p{L}{0,12}${SOME}\b(?:istruzion[ie]|indicazioni|regole|direttive)(?!\p{L})|\b(?:ora|adesso|d'ora in poi) sei\b`,
    String.raw`\b(?:ignor|esque[cç]|desconsider)\p{L}{0,12}${SOME}(?<!\p{L})(?:instruç(?:ões|ão)|instrucoes|orientações|regras)(?!\p{L})|\bagora (?:você é|és|tu és)(?!\p{L})`,
    String.raw`\b(?:negeer|vergeet|neger)\p{L}{0,12}${SOME}\b(?:instructies?|aanwijzingen|opdrachten|regels)\b|\bje bent (?:nu|voortaan)\b`,
    String.raw`(?<!\p{L})(?:(?:про)?игнориру|забуд|не обращай внимания)\p{L}{0,12}${SOME}(?:инструкци|указани|правил|команд|промпт)|(?<!\p{L})теперь ты(?!\p{L})|(?<!\p{L})ты теперь(?!\p{L})|системн\p{L}{0,12} промпт`,
    String.raw`(?<!\p{L})(?:(?:про)?ігноруй|забудь)\p{L}{0,12}${SOME}(?:інструкці|вказівк|правил)`,
    String.raw`\b(?:zignoruj|ignoruj|zapomnij)\p{L}{0,12}${SOME}\b(?:instrukcj|polece|zasad)\p{L}{0,12}|\b(?:ignorera|glöm|ignorer|glem)\b${SOME}(?<!\p{L})(?:instruktion|anvisning|instruks|regl)\p{L}{0,12}`,
    '(?:忽略|无视|無視|忘记|忘記|忘掉|不要理会|不理会)[^。！？]{0,8}(?:之前|以前|以上|前面|先前|上述|所有|一切|全部|你的)[^。！？]{0,12}(?:指示|指令|提示|规则|規則|说明|說明|要求|命令)|系统提示词?|系統提示詞?|你现在是|你現在是|从现在起你|從現在起你',
    '(?:指示|命令|指令|ルール|規則|プロンプト)[^。！？]{0,20}(?:無視|忘れ|無効)|システムプロンプト|(?:あなた|君)は(?:今|これ)から|以前の指示',
    '(?:지시|명령|지침|규칙|프롬프트)[^.!?]{0,20}(?:무시|잊)|시스템 ?프롬프트|(?:너는|당신은) (?:이제|지금)(?:부터)?',
    String.raw`(?<!\p{L})(?:talimat|yönerge|komut|kural)\p{L}{0,12}${SOME}(?:yok ?say|unut|görmezden|dikkate alma)|(?<!\p{L})artık sen(?!\p{L})|(?<!\p{L})sistem (?:istemi|komutu)`,
    String.raw`(?:تجاهل|انس|إنس|أهمل|لا تتبع)\p{L}{0,12}[^.!؟]{0,40}?(?:التعليمات|تعليمات|الأوامر|اوامر|القواعد|التوجيهات|الإرشادات)|أنت الآن|انت الان`,
    String.raw`(?:התעלם|התעלמי|שכח)[^.!?]{0,40}?(?:הוראות|ההוראות|הנחיות)|(?:निर्देश|आदेश)\p{L}{0,12}\p{M}*[^.!?।]{0,30}(?:अनदेखा|नज़रअंदाज़|भूल)`,
  ].join('|'),
  'isu',
);

/** Whether a text gives orders to a model. Such a correction is looked at by a person before it teaches. */
export function givesOrders(text: string): boolean {
  const folded = foldText(text).text;
  // In capitals, as orders are often given; Turkish has two kinds of i.
  return ORDERS.test(folded) || ORDERS.test(folded.replace(/İ/g, 'i'));
}
