import { type AttachedLink, attachedLinks } from './attached-links.ts';
import { isSecretField, withoutLogin } from './secret-field.ts';

/** What a sender said besides its title, short enough for a message at night. All of it is text of somebody else. */
export type ToldFacts = {
  /** The host, the tool or the person that it came from. */
  readonly source: string | null;
  /** The first lines of what was written: a mail, a ticket, a report, a description. */
  readonly lines: readonly string[];
  /** Values of a few words: `p99` is `4.2s`. */
  readonly fields: readonly Field[];
  readonly links: readonly AttachedLink[];
};
type Field = { readonly name: string; readonly value: string };

type Evidence = Readonly<Record<string, unknown>>;
type Told = {
  readonly title: string;
  readonly url: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly evidence: Evidence | null;
};

const MOST_LINES = 4;
const MAX_LINE = 160;
const MOST_FIELDS = 8;
const MAX_NAME = 40;
const MAX_VALUE = 100;
const MOST_LINKS = 3;
/** A link that is cut leads elsewhere; a longer one stays on the screen. */
const MAX_HREF = 300;
/** Of a sender's text and list no more is looked at. */
const MOST_READ = 4_000;
const MOST_ENTRIES = 100;

/** Where senders put prose; `summary` is read apart from it. */
const PROSE = ['description', 'message', 'body', 'text', 'details', 'summary'];
/** Said elsewhere in a message, or meant for machines. */
const UNSAID = new Set(
  ['source', 'alertname', 'severity', 'priority', 'title', 'runbook_url', 'dashboard_url', 'fingerprint'].concat(PROSE),
);
/** What tells where it is comes first. */
const WHERE = ['component', 'host', 'hostname', 'instance', 'node', 'entity', 'service', 'cluster', 'region', 'env'];

/** Reads what any sender attached; whatever is not as expected is left out. */
export function toldFacts({ title, url, labels, evidence }: Told): ToldFacts {
  const { details, annotations, values, source } = evidence ?? {};
  const from = shown(source, MAX_VALUE) ?? shown(labels['source'], MAX_VALUE);
  const found = new Map<string, string>();
  for (const [name, value] of [details, annotations, values, labels].flatMap(scalarsOf)) {
    const key = name.toLowerCase();
    const known = [...found.keys()].some((one) => one.toLowerCase() === key);
    if (!known && !UNSAID.has(key) && value !== from) found.set(name, value);
  }
  const rank = (name: string) => (WHERE.indexOf(name.toLowerCase()) + WHERE.length + 1) % (WHERE.length + 1);
  return {
    source: from,
    lines: linesOf(proseIn(evidence, labels), title),
    fields: [...found]
      .map(([name, value]) => ({ name, value }))
      .toSorted((a, b) => rank(a.name) - rank(b.name))
      .slice(0, MOST_FIELDS),
    links: attachedLinks({ url, evidence })
      .filter(({ href }) => href.length <= MAX_HREF && withoutLogin(href) === href)
      .slice(0, MOST_LINKS)
      .map((link) => ({ ...link, text: shown(link.text, MAX_NAME) ?? 'Link' })),
  };
}

/** The prose of a sender: what was sent as text, else the first field that holds some. */
function proseIn(evidence: Evidence | null, labels: Told['labels']): string {
  const { details, description } = evidence ?? {};
  const inDetails = isRecord(details) ? PROSE.map((name) => details[name]) : [];
  // Of what a mapping reads, all but the title is a label.
  const inLabels = (details ?? null) === null ? PROSE.map((name) => labels[name]) : [];
  const prose = [details, description, ...inDetails, ...inLabels].find(
    (one) => typeof one === 'string' && one.trim() !== '',
  );
  return typeof prose === 'string' ? withoutLogin(prose).slice(0, MOST_READ) : '';
}

function linesOf(prose: string, title: string): string[] {
  const said = title.toLowerCase();
  return prose
    .split(/[\r\n]+/)
    .flatMap((line) => shown(line, MAX_LINE) ?? [])
    .filter((line) => /[\p{L}\p{N}]/u.test(line) && !said.includes(line.toLowerCase()))
    .slice(0, MOST_LINES);
}

/** What is short and simple in an object, and in the objects right inside it. */
function scalarsOf(value: unknown): [string, string][] {
  if (!isRecord(value)) return [];
  return Object.entries(value)
    .slice(0, MOST_ENTRIES)
    .flatMap(([name, inner]) => {
      const all = isRecord(inner) ? Object.entries(inner).slice(0, MOST_ENTRIES) : [['', inner] as const];
      return all.flatMap(([sub, one]): [string, string][] => {
        const path = sub === '' ? name : `${name}.${sub}`;
        // What is cut off may be what gives it away.
        if (isSecretField(path)) return [];
        const called = shown(path, MAX_NAME);
        const text = shown(Array.isArray(one) ? one.filter(isScalar).slice(0, MOST_FIELDS).join(', ') : one, MAX_VALUE);
        return called === null || text === null ? [] : [[called, text]];
      });
    });
}

/** Text on one line, without what turns lines around or cannot be seen; null when nothing is left. */
function shown(value: unknown, max: number): string | null {
  if (!isScalar(value)) return null;
  const text = withoutLogin(String(value))
    .slice(0, MOST_READ)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .trim();
  if (text === '') return null;
  return text.length <= max ? text.toWellFormed() : `${text.slice(0, max - 1).toWellFormed()}…`;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isRecord(value: unknown): value is Evidence {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
