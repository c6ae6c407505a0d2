import { invalid } from '#kernel/errors.ts';
import { parseTarget } from '../check/target.ts';
import type { Road } from '../kind/road.ts';
import { accountOf, addressIn, refuseForbidden } from './target.ts';

const PATH = 'body.options.proxy';

/**
 * Options with their proxy as it is asked: scheme, host and port, its account beside it. Refuses, by
 * the field, what is no proxy, and one that the workspace has not allowed to be reached (`allowedTargets` null = that is not
 * looked at).
 */
export function readProxy<Options extends Road>(
  options: Options,
  url: string,
  allowedTargets: readonly string[] | null,
): Options {
  if (options.proxy === null || options.proxy === '')
    return { ...options, proxy: null, proxyUser: null, proxyPassword: null };
  const parsed = parseTarget(
    /^[a-z][a-z0-9+.-]*:\/\//i.test(options.proxy) ? options.proxy : `http://${options.proxy}`,
  );
  if (!parsed.ok) throw invalid(PATH, `${parsed.fault}. Write one like http://proxy.example.org:3128.`);
  const { url: proxy, host, port, isAddress, secure } = parsed.target;
  if (proxy.pathname !== '/' || proxy.search !== '' || proxy.hash !== '')
    throw invalid(PATH, 'is a host and a port; leave out what follows them');
  if (options.httpVersion === '2' && url.startsWith('http:'))
    throw invalid('body.options.httpVersion', 'through a proxy, HTTP/2 is spoken with https addresses only');
  if (allowedTargets !== null) refuseForbidden({ host, address: addressIn(host, isAddress) }, allowedTargets, PATH);
  const { user, password } = accountOf(proxy);
  return {
    ...options,
    // With its port: the usual one of a proxy is none of http.
    proxy: `${secure ? 'https' : 'http'}://${proxy.hostname}:${port}`,
    proxyUser: user ?? options.proxyUser,
    proxyPassword: password ?? options.proxyPassword,
  };
}
