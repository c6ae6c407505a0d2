import { createSinkServer, type Mood } from './sink-server.ts';

type Registered = {
  /** ISO 8601; nothing = the registry does not say. */
  readonly ends?: string;
  readonly status?: readonly string[];
};

export type Rdap = {
  /** Of the list of registries. */
  readonly listUrl: string;
  /** Of the registry itself. */
  readonly url: string;
  /** The names that were asked for. */
  readonly asked: () => string[];
  readonly setMood: (mood: Mood) => void;
  readonly close: () => Promise<void>;
};

/**
 * A stand-in for IANA's list (RFC 9224) and the registries of `.test` and `.co.test`, which cannot be reached from a
 * test: it answers as RFC 9083 says, with what registries add, and with their errors.
 */
export async function startRdap(domains: Readonly<Record<string, Registered>>): Promise<Rdap> {
  const sink = await createSinkServer(({ path }) => {
    if (path === '/dns.json') return { status: 200, body: listOf(sink.origin) };
    const [, zone = '', , name = ''] = path.split('/');
    const found = domains[name];
    if (found === undefined || !name.endsWith(`.${zone}`))
      return {
        status: 404,
        body: { errorCode: 404, title: 'Not Found', description: [`Domain ${name} not found`] },
      };
    return { status: 200, body: answerOf(name, found, sink.origin) };
  });
  return {
    listUrl: `${sink.origin}/dns.json`,
    url: `${sink.origin}/test/`,
    asked: () => sink.attempts.flatMap(({ path }) => /\/domain\/(.+)$/.exec(path)?.[1] ?? []),
    setMood: sink.setMood,
    close: sink.close,
  };
}

function listOf(origin: string) {
  return {
    description: 'RDAP bootstrap file for Domain Name System registrations',
    publication: '2026-11-20T20:00:02Z',
    services: [
      [['example', 'test'], [`${origin}/test/`]],
      [['co.test'], [`${origin}/co.test`]],
    ],
    version: '1.0',
  };
}

function answerOf(name: string, { ends, status = ['active'] }: Registered, origin: string) {
  return {
    objectClassName: 'domain',
    handle: '2336799_DOMAIN-TEST',
    ldhName: name.toUpperCase(),
    links: [{ value: `${origin}/test/domain/${name}`, rel: 'self', type: 'application/rdap+json' }],
    status,
    entities: [
      {
        objectClassName: 'entity',
        handle: '376',
        roles: ['registrar'],
        publicIds: [{ type: 'IANA Registrar ID', identifier: '376' }],
        vcardArray: [
          'vcard',
          [
            ['version', {}, 'text', '4.0'],
            ['fn', {}, 'text', 'Names & Sons Ltd.'],
          ],
        ],
      },
    ],
    events: [
      { eventAction: 'registration', eventDate: '1995-08-14T04:00:00Z' },
      ...(ends === undefined ? [] : [{ eventAction: 'expiration', eventDate: ends }]),
      { eventAction: 'last update of RDAP database', eventDate: '2026-11-29T20:00:00Z' },
    ],
    secureDNS: { delegationSigned: true },
    rdapConformance: ['rdap_level_0', 'icann_rdap_response_profile_0'],
    notices: [{ title: 'Terms of Use', description: ['Not for the compilation of lists.'] }],
  };
}
