import { useMutation, useQuery } from '@tanstack/react-query';
import { listChannels } from '#delivery/contract';
import { type ContactMethodView, createContactMethod } from '#respond/contract';
import { useAct, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { browserName, currentEndpoint, subscribe, whyNoPush } from './push-subscription.ts';

const touches = ['settings', 'members', 'deliveries'];

/** Notifications in the browser that one sits at: one button, then one tap on the notification that comes. */
export function ThisBrowser({ methods }: { methods: readonly ContactMethodView[] }) {
  const channels = useRead(listChannels, {}, ['settings']);
  const create = useAct(createContactMethod, { touches });
  const endpoint = useQuery({ queryKey: ['push-endpoint', methods.length], queryFn: currentEndpoint });
  const start = useMutation({
    mutationFn: async (webPushKey: string) => {
      const subscription = await subscribe(webPushKey);
      const label = browserName(navigator.userAgent);
      return create.mutateAsync({ body: { kind: 'webpush', label, ...subscription } });
    },
  });
  const why = whyNoPush();
  const own = methods.find(({ kind, address, lostAt }) => kind === 'webpush' && address === endpoint.data && !lostAt);
  const webPushKey = channels.data?.webPushKey;
  return (
    <Section title="This browser">
      <Panel className="grid gap-3 p-4">
        <p>
          Notifications with a button that acknowledges, also while Allclear is closed. They are encrypted on the way.
        </p>
        <p className="text-muted">
          A notification may stay silent on a phone: mute, Do Not Disturb and battery saving apply to it, and it may
          come late. Let something louder follow, such as ntfy, if you must wake up.
        </p>
        {why === null ? null : <Note>{why}</Note>}
        {own === undefined ? null : (
          <Note tone={own.verifiedAt === null ? 'neutral' : 'ok'}>
            {own.verifiedAt === null
              ? 'A notification is on its way here: press Confirm on it, or enter its code above.'
              : 'Pages are shown in this browser.'}
          </Note>
        )}
        <ErrorNote error={start.error} />
        {why !== null || own !== undefined ? null : (
          <div>
            <Button
              variant="primary"
              busy={start.isPending || webPushKey === undefined}
              onClick={() => webPushKey && start.mutate(webPushKey)}
            >
              Notify this browser
            </Button>
          </div>
        )}
      </Panel>
    </Section>
  );
}
