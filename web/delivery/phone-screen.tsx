import { listPhoneSettings, orderPhoneSettings, type PhoneSettingsView } from '#delivery/contract';
import { useAct, useRead } from '../data/query.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Panel, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { PhoneForm } from './phone-form.tsx';
import { phoneServices } from './phone-services.ts';

/** Who carries SMS and calls: one provider or several, each tried when the one before it failed. */
export function PhoneScreen() {
  const settings = useRead(listPhoneSettings, {}, ['settings', 'deliveries']);
  return (
    <Page
      title="SMS and calls"
      narrow
      below="Connect a provider with numbers of your own; then everybody can add their telephone to how they are paged. With two, a page goes by the second as soon as the first fails, asks to wait, or does not say within 30 seconds that it arrived."
    >
      <Loaded read={settings} rows={3}>
        {({ items, problem }) => (
          <div className="grid gap-8">
            {problem === null ? null : <Note tone="warn">{problem}</Note>}
            {items.map((setting) => (
              <Provider key={setting.provider} setting={setting} connected={items.filter((one) => one.configured)} />
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Provider({ setting, connected }: { setting: PhoneSettingsView; connected: readonly PhoneSettingsView[] }) {
  const { provider, position, configured } = setting;
  return (
    <Section
      title={phoneServices[provider].name}
      aside={
        configured ? (
          <Badge tone="ok" glyph="check">
            {connected.length > 1 ? `Tried as number ${position}` : 'Connected'}
          </Badge>
        ) : (
          'not connected'
        )
      }
    >
      <Panel className="grid gap-3 p-4">
        <p>{phoneServices[provider].detail}</p>
        {configured ? <Facts setting={setting} /> : null}
        {setting.lastFailure === null ? null : (
          <Note tone="bad">
            The last message failed <RelativeTime at={setting.lastFailure.at} show="relative" />:{' '}
            {setting.lastFailure.why}
          </Note>
        )}
        {connected.length > 1 && position !== null && position > 1 ? (
          <FirstButton provider={provider} connected={connected} />
        ) : null}
        <PhoneForm key={setting.changedAt ?? ''} setting={setting} />
      </Panel>
    </Section>
  );
}

function Facts({ setting: { account, smsNumbers, voiceNumbers } }: { setting: PhoneSettingsView }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-muted [&_dd]:text-text">
      <dt>Account</dt>
      <dd className="wrap-anywhere">{account}</dd>
      <dt>SMS from</dt>
      <dd className="num">{smsNumbers.join(', ') || 'no number'}</dd>
      <dt>Calls from</dt>
      <dd className="num">{voiceNumbers.join(', ') || 'no number'}</dd>
    </dl>
  );
}

function FirstButton({
  provider,
  connected,
}: {
  provider: PhoneSettingsView['provider'];
  connected: readonly PhoneSettingsView[];
}) {
  const order = useAct(orderPhoneSettings, { touches: ['settings'] });
  const others = connected.map((one) => one.provider).filter((one) => one !== provider);
  return (
    <div className="grid gap-2 justify-self-start">
      <Button
        size="sm"
        busy={order.isPending}
        onClick={() => order.mutate({ body: { providers: [provider, ...others] } })}
      >
        Try {phoneServices[provider].name} first
      </Button>
      <ErrorNote error={order.error} />
    </div>
  );
}
