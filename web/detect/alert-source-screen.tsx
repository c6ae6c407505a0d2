import { Link, useParams } from '@tanstack/react-router';
import { type AlertSourceView, readAlertSource } from '#detect/contract';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { useRead } from '../data/query.ts';
import { textLink } from '../ui/link.ts';
import { Page, Section } from '../ui/panel.tsx';
import { ChangeList } from './change-list.tsx';
import { FormSnippet } from './form-snippet.tsx';
import { IgnoredMail } from './ignored-mail.tsx';
import { MailAddress } from './mail-address.tsx';
import { ReceivedList } from './received-list.tsx';
import { SenderSnippet } from './sender-snippet.tsx';
import { SourceLimit, TurnedAwayNote } from './source-limit.tsx';
import { SourceShadow } from './source-shadow.tsx';
import { SourceKey } from './source-key.tsx';

/** One source: its key, what to write down at its sender, and what came of what it sent. */
export function AlertSourceScreen() {
  const { sourceId } = useParams({ from: '/shell/settings/alert-sources/$sourceId' });
  const source = useRead(readAlertSource, { params: { id: sourceId } }, ['settings']);
  return (
    <LoadedScreen read={source} title="Alert source">
      {(data) => (
        <Page
          title={data.name}
          narrow
          above={
            <Link to="/settings/alert-sources" className={textLink}>
              Alert sources
            </Link>
          }
          below={<Further source={data} />}
        >
          <div className="grid gap-6">
            <SourceShadow source={data} />
            <TurnedAwayNote sourceId={sourceId} />
            <ReceivedList sourceId={sourceId} />
            {data.kind === 'form' ? null : <ChangeList sourceId={sourceId} />}
            <Section title={data.kind === 'form' ? 'How people find it' : 'How to make it send'}>
              <div className="grid grid-cols-1 gap-4">
                {data.kind === 'form' ? <FormSnippet sourceId={sourceId} /> : null}
                {data.kind === 'email' || data.kind === 'ticket' ? <MailAddress source={data} /> : null}
                <SenderSnippet source={data} />
                {data.kind === 'email' || data.kind === 'ticket' ? <IgnoredMail sourceId={sourceId} /> : null}
              </div>
            </Section>
            {data.kind === 'form' ? null : (
              <>
                <SourceLimit source={data} />
                <SourceKey source={data} />
              </>
            )}
          </div>
        </Page>
      )}
    </LoadedScreen>
  );
}

/** What else can be set for a source of this kind. */
function Further({ source }: { source: AlertSourceView }) {
  const params = { sourceId: source.id };
  switch (source.kind) {
    case 'generic':
      return (
        <Link to="/settings/alert-sources/$sourceId/mapping" params={params} className={textLink}>
          Mapping: how its JSON is read
        </Link>
      );
    case 'email':
      return (
        <Link to="/settings/alert-sources/$sourceId/mail" params={params} className={textLink}>
          Words in subjects
        </Link>
      );
    case 'ticket':
      return (
        <Link to="/settings/alert-sources/$sourceId/tickets" params={params} className={textLink}>
          When tickets are the same
        </Link>
      );
    case 'form':
      return 'The form “Report a problem” of a status page, which switches it on and off.';
    default:
      return 'What it sends opens and closes alerts here.';
  }
}
