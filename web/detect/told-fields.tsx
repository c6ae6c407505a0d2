import { type AlertView, toldFacts } from '#detect/contract';

/** What a page says of an alert besides its words: where it came from, and the values that came with it. */
export function ToldFields({ alert }: { alert: AlertView }) {
  const { source, fields } = toldFacts(alert);
  const all = [...(source === null ? [] : [{ name: 'From', value: source }]), ...fields];
  if (all.length === 0) return null;
  return (
    <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
      {all.map(({ name, value }) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid">
          <dt className="break-words text-muted">{name}</dt>
          <dd className="break-words">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
