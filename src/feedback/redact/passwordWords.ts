/**
 * What a password is called in the languages that Backscroll knows (knowledge/words): `anywhere`, also as a part of a
 * longer word (`WLAN-Passwort`, `DB_PASSWORD`); `alone`, where a part of a word would be another word.
 */
const ANYWHERE =
  'password passwd passphrase passcode passwort kennwort zugangscode mot\\sde\\spasse contraseña contrasena contrasenya palavra[\\s-]passe wachtwoord lösenord adgangskode kodeord passord salasana jelszó şifre κωδικός пароль пароля пароли парола лозинка mật\\skhẩu kata\\ssandi lozinka slaptažodis 密码 密碼 口令 パスワード パスフレーズ 暗証番号 비밀번호 암호 패스워드 كلمة\\sالمرور كلمة\\sالسر كلمه\\sالسر رمز\\sعبور گذرواژه סיסמה סיסמא पासवर्ड รหัสผ่าน';
const ALONE = 'pass pwd pw mdp clave senha parola parolă heslo hasło haslo sifre parole parool pin wpa2? psk';
/** Keys and tokens: what follows has to look like one. */
const KEYS =
  'secret(?:[\\s_-]?(?:access[\\s_-]?)?key)? api[\\s_-]?(?:key|token|secret) access[\\s_-]?(?:key|token) auth(?:entication|orization)?[\\s_-]?(?:token|key) refresh[\\s_-]?token bearer[\\s_-]?token client[\\s_-]?secret private[\\s_-]?key account[\\s_-]?key token geheimnis api-schlüssel clé\\sapi credentials? 密钥 令牌 トークン 토큰 токен ключ';

const either = (words: string) => words.split(' ').join('|');

/** Between the word and what it is: what it is for, a colon or "is", and what makes things bold or quotes them. */
const FOR = String.raw`(?:[ ](?:for|of|to|on|für|zum|zur|vom|pour|para|per|voor|de|del|du|da|do|della|til|för|от|для|к)[ ][^\s:=]{1,30}(?:[ ][^\s:=]{1,30}){0,3}?)?`;
const MARKS = String.raw`[*_~"'\x60’”)\]|]{0,4}`;
const IS = String.raw`(?:[ ]?(?:[:=]|-+>|=>|→)[=>]?|[ ](?:is|are|was|now|lautet|ist|est|es|é|è|er|är|on|jest|je|bylo|olan|to|это|είναι|هي|هو|는|은)(?:[ ](?:now|jetzt|ahora|maintenant|still|just))?[ ]?:?(?=\s|[*_~"'\x60])|[ ]?(?:是|为|為|は|が|:))`;
const OPENING = String.raw`[ \t]{0,3}[*_~"'\x60“„«「『(|]{0,4}[ ]?[\x60"']?`;
/** Without spaces, and without the letters of scripts that have none: those are the next word. */
const VALUE = String.raw`[^\s"'\x60<>{}“”„«»「」『』\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\u3000-\u303f]{4,400}`;

/** Groups: the word of a password, or that of a key; all up to the value; the value. */
export const NAMED_SECRET = new RegExp(
  String.raw`((?:(${either(ANYWHERE)}|(?<![\p{L}\p{N}])(?:${either(ALONE)}))|(${either(KEYS)}))s?(?![\p{Ll}\p{Lu}])${MARKS}${FOR}(${IS}|(?=[ ]?\x60))${MARKS}${OPENING})(${VALUE})`,
  'giu',
);
