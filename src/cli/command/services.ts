import { listServices, patchService, type Service } from '#monitor/contract';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import { CommandError, EXIT, type Outcome } from '../io.ts';
import { columns } from '../text.ts';

/** Services: their state, who is asked about them, and what they need in order to work. */
export async function services(api: Api): Promise<Outcome> {
  const [items, book] = await Promise.all([
    everyOne((page) => api.call(listServices, { query: page })),
    readBook(api, 'service', 'policy'),
  ]);
  const rows = items.map((service) => [
    service.slug,
    service.state,
    service.escalationPolicyId === null ? 'default policy' : book.titleOf(service.escalationPolicyId),
    needs(service, book),
  ]);
  return { text: rows.length === 0 ? 'There is no service.' : columns(rows), data: items };
}

/**
 * What one service needs and what needs it; with other services, or `nothing`, it is set anew. While something that it needs
 * is down, its own alerts ask nobody.
 */
export async function serviceNeeds(
  api: Api,
  name: string,
  others: readonly string[],
  { nothing = false }: { readonly nothing?: boolean },
): Promise<Outcome> {
  if (nothing && others.length > 0) throw new CommandError('Say what it needs, or --nothing, not both.', EXIT.usage);
  const book = await readBook(api, 'service');
  const id = book.idOf('service', name);
  if (nothing || others.length > 0)
    await api.call(patchService, {
      params: { id },
      body: { dependsOn: others.map((other) => book.idOf('service', other)) },
    });
  const items = await everyOne((page) => api.call(listServices, { query: page }));
  const service = items.find((one) => one.id === id);
  const above = items.filter(({ dependsOn }) => dependsOn.includes(id)).map((one) => one.name);
  const lines = [
    `${book.titleOf(id)} ${service ? needs(service, book) : ''}.`,
    above.length === 0 ? 'Nothing needs it.' : `It is needed by ${above.join(', ')}.`,
  ];
  return { text: lines.join('\n'), data: { service: service ?? null, neededBy: above } };
}

function needs({ dependsOn }: Service, book: Book): string {
  return dependsOn.length === 0 ? 'needs nothing' : `needs ${dependsOn.map(book.titleOf).join(', ')}`;
}
