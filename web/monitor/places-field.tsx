import { listLocations } from '#monitor/contract';
import { useList } from '../data/query.ts';
import { Checkbox } from '../ui/choice.tsx';
import { Field, FieldError } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Panel, Section } from '../ui/panel.tsx';

/** From where a monitor is asked; absent while there is no other place than here. */
export function PlacesField({
  places,
  onPlaces,
  needed,
  onNeeded,
  error,
}: {
  places: readonly string[];
  onPlaces: (next: string[]) => void;
  needed: string;
  onNeeded: (next: string) => void;
  error: string | undefined;
}) {
  const locations = useList(listLocations, { query: { limit: 200 } }, ['locations']);
  const others = locations.items ?? [];
  if (others.length === 0) return null;
  const choices = [{ id: 'home', name: 'Here' }, ...others.map(({ id, name }) => ({ id, name }))];
  return (
    <Section title="From where">
      <Panel className="grid gap-4 p-4 sm:grid-cols-2">
        <div className="grid content-start gap-2" role="group" aria-label="Asked from">
          {choices.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={places.includes(id)}
              onChange={(event) =>
                onPlaces(event.target.checked ? [...places, id] : places.filter((place) => place !== id))
              }
            />
          ))}
          {error === undefined ? null : <FieldError>{error}</FieldError>}
        </div>
        <Field
          label="Down when so many agree"
          hint="Empty: more than half of those that can tell. A place whose probe is silent has no voice."
        >
          <Input value={needed} onChange={(event) => onNeeded(event.target.value)} inputMode="numeric" />
        </Field>
      </Panel>
    </Section>
  );
}
