import { type Problems, tooLong } from './Refused.ts';
import type { Json } from './State.ts';

const actionRow = 1;
const button = 2;
const textDisplay = 10;
const linkStyle = 5;

/** https://docs.discord.com/developers/components/reference */
export function validateComponents(problems: Problems, components: readonly Json[], isV2: boolean): void {
  const ids = new Set<string>();
  let count = 0;
  let textLength = 0;

  function visit(component: Json, path: string): void {
    count += 1;
    const { type, components: inner = [], custom_id: customId, label, style, url, content } = component;
    tooLong(problems, `${path}.custom_id`, customId, 100);
    tooLong(problems, `${path}.label`, label, 80);
    if (type === textDisplay) textLength += [...String(content ?? '')].length;
    if (type === actionRow && (inner.length < 1 || inner.length > 5)) {
      problems[`${path}.components`] = ['BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.'];
    }
    if (type === button && style === linkStyle && !url) problems[path] = ['BASE_TYPE_REQUIRED', 'A url is required'];
    if (type === button && style !== linkStyle && style !== 6 && !customId) {
      problems[path] = ['BASE_TYPE_REQUIRED', 'A custom id or a url is required'];
    }
    if (customId !== undefined && ids.has(customId)) {
      problems[path] = ['COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'];
    }
    if (customId !== undefined) ids.add(customId);
    for (const [i, one] of [...inner, component.accessory].filter(Boolean).entries()) {
      visit(one, `${path}.components.${i}`);
    }
  }

  for (const [i, component] of components.entries()) {
    if (!isV2 && component?.type !== actionRow) {
      problems[`components.${i}.type`] = ['UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).'];
    }
    visit(component, `components.${i}`);
  }
  if (!isV2 && components.length > 5)
    problems.components = ['BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.'];
  if (isV2 && count > 40) problems.components = ['BASE_TYPE_MAX_LENGTH', 'Must be 40 or fewer in length.'];
  if (isV2 && textLength > 4000) {
    problems.components = ['COMPONENT_MAX_TEXT_SIZE', 'The total text size exceeds 4000 characters.'];
  }
}
