/** An address that a sender attached, for people to open: never fetched or shown by us. */
export type AttachedLink = { readonly href: string; readonly text: string; readonly kind: 'link' | 'picture' };

type Evidence = Readonly<Record<string, unknown>>;

const NAMED = [
  ['dashboardURL', 'Dashboard', 'link'],
  ['panelURL', 'Panel', 'link'],
  ['silenceURL', 'Silence it at the sender', 'link'],
  ['imageURL', 'Picture', 'picture'],
] as const;
const ANNOTATED = [
  ['runbook_url', 'Runbook'],
  ['dashboard_url', 'Dashboard'],
] as const;
const MOST = 20;
const MAX_TEXT = 200;

/** Links and pictures that came with an alert: only http and https, each address once. */
export function attachedLinks({
  url,
  evidence,
}: {
  readonly url: string | null;
  readonly evidence: Evidence | null;
}): AttachedLink[] {
  const { links, images, client, clientUrl, annotations } = evidence ?? {};
  const all = [
    ...listed(links, 'Link', 'link'),
    ...linkTo(clientUrl, typeof client === 'string' ? client : 'Client of the sender', 'link'),
    ...NAMED.flatMap(([name, text, kind]) => linkTo(evidence?.[name], text, kind)),
    ...ANNOTATED.flatMap(([name, text]) => linkTo(fieldOf(annotations, name), text, 'link')),
    ...listed(images, 'Picture', 'picture'),
    ...linkTo(url, 'Link of the sender', 'link'),
  ];
  const once = new Map<string, AttachedLink>();
  for (const link of all) if (!once.has(link.href)) once.set(link.href, link);
  return [...once.values()].slice(0, MOST);
}

const AS_LINKS = new Set(['links', 'images', 'clientUrl', ...NAMED.map(([name]) => name as string)]);

/** What a sender attached besides links; null when nothing is left. */
export function besidesLinks(evidence: Evidence | null): Evidence | null {
  const left = Object.entries(evidence ?? {}).filter(([name, value]) => !AS_LINKS.has(name) && !isEmpty(value));
  return left.length === 0 ? null : Object.fromEntries(left);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function listed(value: unknown, usual: string, kind: AttachedLink['kind']): AttachedLink[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const href = fieldOf(one, 'href');
    const text = fieldOf(one, 'text');
    return linkTo(href, typeof text === 'string' && text !== href ? text : usual, kind);
  });
}

function linkTo(href: unknown, text: string, kind: AttachedLink['kind']): AttachedLink[] {
  if (typeof href !== 'string' || !/^https?:\/\//i.test(href) || !URL.canParse(href)) return [];
  return [{ href, text: text.trim().slice(0, MAX_TEXT) || href, kind }];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Evidence)[name] : undefined;
}
