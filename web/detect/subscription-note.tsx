import { confirmSubscriptionRoute, type SourceMapping } from '#detect/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { textLink } from '../ui/link.ts';
import { RelativeTime } from '../ui/time.tsx';

/** Amazon SNS asked whether its messages are wanted: a person looks at the topic and says yes. */
export function SubscriptionNote({ stored }: { stored: SourceMapping }) {
  const confirm = useAct(confirmSubscriptionRoute, {
    touches: ['settings'],
    onDone: () => toast({ text: 'Subscription confirmed' }),
  });
  const { subscription } = stored;
  if (subscription === null) return null;
  const topic = <code className="font-mono text-xs break-all">{subscription.topicArn}</code>;
  if (subscription.confirmedAt !== null)
    return (
      <Note tone="ok">
        Subscribed to {topic}, confirmed <RelativeTime at={subscription.confirmedAt} />.
      </Note>
    );
  return (
    <Note tone="warn">
      <p>
        Amazon SNS asks to send {topic} here (<RelativeTime at={subscription.askedAt} />
        ). Confirm only a topic that you know.
      </p>
      {subscription.openable ? (
        <Button
          size="sm"
          className="mt-2"
          busy={confirm.isPending}
          onClick={() => confirm.mutate({ params: { id: stored.alertSourceId } })}
        >
          Confirm the subscription
        </Button>
      ) : (
        <p className="mt-1">
          Its address is not below amazonaws.com and is not opened from here:{' '}
          <a
            href={subscription.subscribeUrl}
            target="_blank"
            rel="noreferrer noopener"
            className={`break-all ${textLink}`}
          >
            {subscription.subscribeUrl}
          </a>
        </p>
      )}
      <ErrorNote error={confirm.error} className="mt-2" />
    </Note>
  );
}
