import { drillMyselfRoute } from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { drillTopics } from './drill-panel.tsx';

/** Rings oneself, by one's own rules, as a page at night would. */
export function TestMyPaging() {
  const may = useMay('pages.act');
  const start = useAct(drillMyselfRoute, { touches: drillTopics });
  if (!may) return null;
  return (
    <Button
      busy={start.isPending}
      onClick={() =>
        start.mutate(
          {},
          {
            onSuccess: () => toast({ text: 'It rings. Acknowledge it where it arrives.' }),
            onError: (error) => toast({ tone: 'bad', text: sentenceOf(error) }),
          },
        )
      }
    >
      Test my paging
    </Button>
  );
}
