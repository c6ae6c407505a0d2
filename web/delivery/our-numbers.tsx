import { readPhoneNumbers } from '#delivery/contract';
import { useRead } from '../data/query.ts';
import { buttonClass } from '../ui/button.tsx';
import { Panel, Section } from '../ui/panel.tsx';

/** The numbers that pages come from, for one's address book: a contact can be let through Do Not Disturb, a number cannot. */
export function OurNumbers() {
  const read = useRead(readPhoneNumbers, {}, ['settings']);
  const { numbers = [], vcard = '' } = read.data ?? {};
  if (numbers.length === 0) return null;
  return (
    <Section title="Numbers that page you">
      <Panel className="grid gap-3 p-4">
        <p className="num">{numbers.join(', ')}</p>
        <p className="text-muted">
          Save them as a contact, and let that contact through: on an iPhone under Ringtone and Text Tone, Emergency
          Bypass; on Android by starring it and allowing starred contacts under Do Not Disturb.
        </p>
        <div>
          <a
            className={buttonClass()}
            href={`data:text/vcard;charset=utf-8,${encodeURIComponent(vcard)}`}
            download="allclear.vcf"
          >
            Download the contact
          </a>
        </div>
      </Panel>
    </Section>
  );
}
