import type { Json } from './State.ts';

/** What a click on the element of that action id or value sends. Throws when there is no such thing to click. */
export function findAction(blocks: readonly Json[], actionIdOrValue: string): Json {
  for (const block of blocks) {
    for (const element of [block.accessory, block.element, ...(block.elements ?? [])]) {
      const action = element && actionOf(element, actionIdOrValue);
      if (action) return { ...action, block_id: block.block_id };
    }
  }
  const seen = JSON.stringify(blocks.map((block) => block.type));
  throw new Error(`There is nothing called ${actionIdOrValue} to click in ${seen}.`);
}

function actionOf(element: Json, wanted: string): Json | undefined {
  const { type, action_id } = element;
  if (type === 'feedback_buttons') {
    for (const name of ['positive_button', 'negative_button'] as const) {
      const button = element[name];
      if (button.value === wanted || name === wanted)
        return { type, action_id, value: button.value, text: button.text };
    }
    return undefined;
  }
  const option = element.options?.find((one: Json) => one.value === wanted);
  if (option && type.endsWith('checkboxes')) return { type, action_id, selected_options: [option] };
  if (option) return { type, action_id, selected_option: option };
  if (!['button', 'icon_button'].includes(type)) return undefined;
  if (action_id !== wanted && element.value !== wanted) return undefined;
  const { text, value, style, url } = element;
  return { type, action_id, text, ...(value ? { value } : {}), ...(style ? { style } : {}), ...(url ? { url } : {}) };
}
