import { reportProblem, type SignalSeverity } from '#detect/contract';
import type { Api } from '../api.ts';
import { CommandError, type Outcome } from '../io.ts';
import { findServiceIds } from './find.ts';

export type ReportOptions = {
  readonly service?: string;
  readonly severity?: SignalSeverity;
  readonly details?: string;
};

/** Reports a problem under the name of whoever holds the key. */
export async function report(api: Api, title: string | undefined, options: ReportOptions): Promise<Outcome> {
  if (title === undefined) throw new CommandError('Say what is wrong: allclear report "Checkout is slow".');
  const [serviceId] = await findServiceIds(api, options.service === undefined ? [] : [options.service]);
  const alert = await api.call(reportProblem, {
    body: {
      title,
      ...(serviceId === undefined ? {} : { serviceId }),
      ...(options.severity === undefined ? {} : { severity: options.severity }),
      ...(options.details === undefined ? {} : { details: options.details }),
    },
  });
  const repeated = alert.count > 1 ? `, reported ${alert.count} times` : '';
  return { text: `${alert.severity}  ${alert.title}${repeated}\n${api.url}/alerts/${alert.id}`, data: alert };
}
