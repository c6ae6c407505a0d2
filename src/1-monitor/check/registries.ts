/** Which RDAP servers answer for which domains, by their last labels (RFC 9224). */
export type Registries = ReadonlyMap<string, string>;

/** Reads the list that IANA keeps; null when it is none. Of several servers the first that is asked by https is kept. */
export function readRegistries(list: unknown): Registries | null {
  const services = typeof list === 'object' && list !== null && 'services' in list ? list.services : null;
  if (!Array.isArray(services)) return null;
  const registries = new Map<string, string>();
  for (const service of services) {
    if (!Array.isArray(service)) continue;
    const [names, urls]: unknown[] = service;
    const url = texts(urls).find((one) => one.startsWith('https://')) ?? texts(urls)[0];
    if (url === undefined) continue;
    for (const name of texts(names)) registries.set(name.toLowerCase(), url);
  }
  return registries;
}

function texts(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

/** The server whose labels the end of a name has most of; null when no registry of it is known. */
export function registryOf(name: string, registries: Registries): string | null {
  const labels = name.split('.');
  for (let from = 0; from < labels.length; from += 1) {
    const url = registries.get(labels.slice(from).join('.'));
    if (url !== undefined) return url;
  }
  return null;
}
