import { linkOf } from '../signal/claim.ts';

export type Json = Readonly<Record<string, unknown>>;
export type ShownLink = { readonly href: string; readonly text: string };

const MAX_LINKS = 20;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that says something, or null; senders of little care send numbers. */
export function decodeText(value: unknown): string | null {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

/** The links and the pictures of a message that a browser may open. */
export function linksOf(body: Json): { readonly links: readonly ShownLink[]; readonly images: readonly ShownLink[] } {
  return {
    links: listed(body['links']).flatMap((one) => shown(one['href'], one['text'])),
    images: listed(body['images']).flatMap((one) => shown(one['src'], one['alt'])),
  };
}

function listed(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord).slice(0, MAX_LINKS) : [];
}

function shown(href: unknown, text: unknown): ShownLink[] {
  const link = linkOf(decodeText(href));
  return link === null ? [] : [{ href: link, text: decodeText(text)?.slice(0, 200) ?? link }];
}
