import type { StatusPageView } from '#communicate/contract';
import { CopyLine } from '../ui/copy-button.tsx';
import { Section } from '../ui/panel.tsx';

/** Where else the page can be read: by people, feed readers, other sites and programs. */
export function AddressList({ page }: { page: StatusPageView }) {
  const lines = [
    { label: 'Page', text: page.url },
    { label: 'RSS', text: `${page.url}/feed.rss` },
    { label: 'Atom', text: `${page.url}/feed.atom` },
    { label: 'JSON Feed', text: `${page.url}/feed.json` },
    { label: 'Badge, as Markdown', text: `[![Status](${page.url}/badge.svg)](${page.url})` },
    { label: 'API, in the format of Statuspage v2', text: `${page.url}/api/v2/summary.json` },
  ];
  return (
    <Section title="Addresses">
      <dl className="grid gap-3">
        {lines.map(({ label, text }) => (
          <div key={label}>
            <dt className="mb-1 text-xs text-muted">{label}</dt>
            <dd>
              <CopyLine label={label} text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
