import type { PassageDraft } from '../../store/documents.ts';
import type { Piece } from '../chunk/Piece.ts';
import { detectLanguage } from '../words/language.ts';
import { signature } from '../words/similar.ts';
import { tokens } from '../words/tokenize.ts';

/** The words under which a passage is found: those of its titles, and its own. */
export function passageWords(
  title: string,
  piece: { readonly titlePath: readonly string[]; readonly text: string; readonly personIds: readonly string[] },
  language: string,
): { titleWords: string; bodyWords: string; bodyTokens: string[] } {
  const titles = [...new Set([title, ...piece.titlePath])].join('\n');
  const bodyTokens = tokens(piece.text, language);
  return {
    titleWords: tokens(titles, language).join(' '),
    bodyWords: bodyTokens.join(' '),
    bodyTokens,
  };
}

/**
 * A piece made ready to be stored.
 * @param title the document's title
 * @param url where a citation leads
 */
export function passageDraft(title: string, piece: Piece, url: string): PassageDraft {
  const language = detectLanguage(piece.text);
  const { titleWords, bodyWords, bodyTokens } = passageWords(title, piece, language);
  const { key, text, titlePath, tokens: count, messageIds, personIds, fromUs, toUs } = piece;
  return {
    key,
    text,
    titlePath,
    url,
    tokens: count,
    messageIds,
    personIds,
    ...(fromUs === undefined ? {} : { fromUs }),
    ...(toUs === undefined ? {} : { toUs }),
    language,
    titleWords,
    bodyWords,
    signature: signature(bodyTokens),
  };
}
