/** What the end of a page is called to those whom it had reached, by what stands on the page as the reason. */
const HEADLINES = {
  recovered: 'Recovered',
  closed: 'Closed',
  quiet: 'Closed',
  'false-alarm': 'False alarm',
  'acknowledged elsewhere': 'Acknowledged elsewhere',
  muted: 'Muted',
  'something that it depends on is down': 'Explained',
  mitigated: 'Mitigated',
  resolved: 'Resolved',
} as const;
const BY_REASON: ReadonlyMap<string, string> = new Map(Object.entries(HEADLINES));

/** What became of a page; `what` also keeps the news apart, each is told once. */
export type PageNews = {
  readonly what: string;
  readonly headline: string;
  readonly text: string;
  /** Whose answer it was, and by which channel. */
  readonly answer?: { readonly userId: string; readonly channel: string };
};

/** News of an end that has a headline of its own. */
export function endNews(what: keyof typeof HEADLINES, text: string): PageNews {
  return { what, headline: HEADLINES[what], text };
}

/** The headline under which a page ended for this reason; undefined for an end that nobody is told of. */
export function headlineOf(stopReason: string | null): string | undefined {
  return BY_REASON.get(stopReason ?? '');
}
