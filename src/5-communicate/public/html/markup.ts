import { html as escapingHtml, raw } from 'hono/html';

/** Text that is HTML already. Only `markup`, `trusted` and `join` make it. */
export type Markup = ReturnType<typeof raw>;
type Value = Markup | string | number | null | undefined | false | readonly (Markup | string | null | false)[];

/** A template whose values are escaped, unless they are markup themselves. Null, undefined and false vanish. */
export function markup(strings: TemplateStringsArray, ...values: Value[]): Markup {
  const made = escapingHtml(strings, ...values);
  if (made instanceof Promise) throw new TypeError('A public template must not wait for anything.');
  return made;
}

/** HTML or SVG that was made by us or passed the sanitiser. Never for anything a person typed. */
export function trusted(html: string): Markup {
  return raw(html);
}

export const NOTHING = raw('');
