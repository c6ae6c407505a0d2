import { declareFromAlert, declareIncidentRoute, listEffects, type Severity } from '#declare/contract';
import type { Api } from '../api.ts';
import { CommandError, type Outcome } from '../io.ts';
import { columns } from '../text.ts';
import { findServiceIds } from './find.ts';

export type DeclareOptions = {
  readonly severity?: Severity;
  readonly service: readonly string[];
  readonly alert?: string;
  readonly internal?: boolean;
  readonly customerFacing?: boolean;
  readonly drill?: boolean;
};

/** Declares an incident and shows what it set off. */
export async function declare(api: Api, title: string | undefined, options: DeclareOptions): Promise<Outcome> {
  if (title === undefined && options.alert === undefined)
    throw new CommandError('Say what is wrong: allclear declare "Checkout is down".');
  const serviceIds = await findServiceIds(api, options.service);
  const facing = options.customerFacing ? true : options.internal ? false : undefined;
  const shared = {
    ...(options.severity ? { severity: options.severity } : {}),
    ...(serviceIds.length > 0 ? { serviceIds } : {}),
    ...(facing === undefined ? {} : { customerFacing: facing }),
  };
  const incident =
    options.alert === undefined
      ? await api.call(declareIncidentRoute, {
          body: { ...shared, title: title ?? '', kind: options.drill ? 'drill' : 'real' },
        })
      : await api.call(declareFromAlert, {
          params: { id: options.alert },
          body: { ...shared, ...(title === undefined ? {} : { title }) },
        });
  const effects = await api.call(listEffects, { params: { id: incident.id } });
  const text = [
    `${incident.reference}  ${incident.severity}${incident.severityConfirmed ? '' : ' (unconfirmed)'}  ${incident.title}`,
    columns(
      effects.items.map((one) => [one.state, one.effect.replaceAll('-', ' '), one.detail]),
      '  ',
    ),
    `${api.url}/incidents/${incident.id}`,
  ];
  return { text: text.filter(Boolean).join('\n'), data: { incident, effects: effects.items } };
}
