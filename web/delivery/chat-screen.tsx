import { type ChatKind, type ChatSettingsView, listChatSettings } from '#delivery/contract';
import { useRead } from '../data/query.ts';
import { Badge } from '../ui/badge.tsx';
import { Note } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Panel, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { ChatForm } from './chat-form.tsx';
import { chatOrder, chatServices } from './chat-services.ts';

/** The chats and apps that pages can use: each connected once, for everybody. */
export function ChatScreen() {
  const settings = useRead(listChatSettings, {}, ['settings', 'deliveries']);
  return (
    <Page
      title="Chat and apps"
      narrow
      below="Connect one once; then everybody can add it to how they are paged. Tokens are kept encrypted and never shown again."
    >
      <Loaded read={settings} rows={3}>
        {({ items }) => (
          <div className="grid gap-8">
            {chatOrder.map((kind) => (
              <Service key={kind} kind={kind} setting={items.find((one) => one.kind === kind)} />
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Service({ kind, setting }: { kind: ChatKind; setting: ChatSettingsView | undefined }) {
  const { name, detail } = chatServices[kind];
  const connected = setting?.configured === true;
  return (
    <Section
      title={name}
      aside={
        connected ? (
          <Badge tone="ok" glyph="check">
            Connected
          </Badge>
        ) : (
          'not connected'
        )
      }
    >
      <Panel className="grid gap-3 p-4">
        <p>{detail}</p>
        {connected ? (
          <p className="text-muted">
            {setting.account}, as {setting.bot}
            {setting.lastSentAt === null ? null : (
              <>
                {' '}
                · last message <RelativeTime at={setting.lastSentAt} />
              </>
            )}
          </p>
        ) : null}
        {setting?.lastFailure && connected ? (
          <Note tone="bad">
            The last message failed <RelativeTime at={setting.lastFailure.at} show="relative" />:{' '}
            {setting.lastFailure.why}
          </Note>
        ) : null}
        <ChatForm key={setting?.changedAt ?? ''} kind={kind} connected={connected} hookUrl={setting?.hookUrl ?? null} />
      </Panel>
    </Section>
  );
}
