import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectLanguage } from '../../../src/knowledge/words/language.ts';

test.each([
  ['en', 'How do I restart the server?'],
  ['en', 'Deleting a trello card.'],
  ['en', 'What does 谢谢 mean?'],
  ['de', 'Wer weiß das?'],
  ['fr', 'Comment redémarrer le serveur ?'],
  ['es', '¿Dónde está la configuración?'],
  ['pt', 'Como faço para reiniciar o servidor?'],
  ['it', 'Come si riavvia il server?'],
  ['nl', 'Hoe herstart ik de server?'],
  ['pl', 'Jak zrestartować serwer?'],
  ['sv', 'Hur startar jag om servern?'],
  ['fi', 'Miten käynnistän palvelimen uudelleen?'],
  ['hu', 'Hogyan indítsam újra a szervert?'],
  ['ro', 'Cum repornesc serverul?'],
  ['tr', 'Sunucu nasıl yeniden başlatılır?'],
  ['vi', 'Làm thế nào để khởi động lại máy chủ?'],
  ['id', 'Bagaimana cara memakai server yang baru?'],
  ['ru', 'Как перезапустить сервер?'],
  ['uk', 'Чи є резервна копія?'],
  ['el', 'Πώς κάνω επανεκκίνηση;'],
  ['ar', 'كيف أعيد تشغيل الخادم؟'],
  ['fa', 'چگونه سرور را راه اندازی کنم؟'],
  ['he', 'איך מפעילים מחדש את השרת?'],
  ['hi', 'सर्वर को कैसे चालू करें?'],
  ['th', 'รีสตาร์ทเซิร์ฟเวอร์อย่างไร'],
  ['zh', '如何在 Kubernetes 上部署 PostgreSQL 集群'],
  ['ja', 'サーバーを再起動するには？'],
  ['ko', '서버를 어떻게 재시작하나요?'],
])('%s: %s', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});

test.each(['', '👍👍', '12:30', 'E_SEAT_409', '<@U123>', 'Kubernetes', '```const the = of```'])('und: %s', (text) => {
  expect(detectLanguage(text)).toBe('und');
});

test('the languages of a space win where the evidence is even', () => {
  expect(detectLanguage('was bedeutet Frist')).toBe('und');
  expect(detectLanguage('was bedeutet Frist', ['de'])).toBe('de');
});

test('any text has an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(detectLanguage(text)).toMatch(/^[a-z]{2,3}$/);
    }),
  );
});
