import type { PhrasingContent, Root } from 'mdast';
import { attributesOf, componentText } from './component.ts';
import { htmlToTree } from './htmlToTree.ts';

/** What one inline tag in Markdown comes to: a line break, an image, the text of a component, or nothing. */
export function embeddedTag(html: string): PhrasingContent[] {
  if (/^<br\b/i.test(html)) return [{ type: 'break' }];
  if (/^<img\b/i.test(html)) {
    const attributes = attributesOf(html);
    return [{ type: 'image', url: attributes.get('src') ?? '', alt: attributes.get('alt') ?? null }];
  }
  if (!/^<[a-z][^>]*\/>$/i.test(html)) return [];
  const text = componentText(html);
  if (text === '') return [];
  // A path is a name in code; set as code, its underscores and brackets need no escapes.
  return [/\s/.test(text) ? { type: 'text', value: text } : { type: 'inlineCode', value: text }];
}

/** What a block of HTML in Markdown comes to. */
export function embeddedHtml(html: string): Root {
  return htmlToTree(html, { components: true, fragment: true });
}
