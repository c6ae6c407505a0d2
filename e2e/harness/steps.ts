import type { Client } from '#client';
import { checkNow, postMonitor } from '#monitor/contract';

const LONG = 'Take the order of last night out of the archive, and look for its invoice';
const UNBROKEN = 'Rechnungslegungsvorschriftenprüfungsergebnisübersicht'.repeat(2);

/** An API that is asked in steps and breaks at one of them; nobody is paged for it. Answers with the monitor. */
export async function askInSteps(client: Client, url: string): Promise<string> {
  const { id } = await client.call(postMonitor, {
    body: {
      kind: 'api',
      name: 'An order, from the basket to the invoice',
      url,
      intervalSeconds: 600,
      confirm: { failures: 20, recoveries: 1 },
      options: {
        variables: [
          { name: 'password', value: 'open sesame', secret: true },
          { name: 'customer', value: `${UNBROKEN} & Söhne` },
        ],
        steps: [
          {
            name: 'Log in',
            url: '/healthz?{{customer}}',
            password: '{{password}}',
            user: 'shop',
            take: [
              { name: 'kind', from: 'header', source: 'content-type' },
              { name: 'token', from: 'body', source: '(.{2})' },
            ],
            assertions: [{ kind: 'size', test: 'greater', bytes: 1 }],
          },
          { name: 'סל הקניות', url: '/livez' },
          {
            name: LONG,
            method: 'POST',
            url: '/api/v1/incidents?of={{kind}}',
            body: '{"customer": "{{customer}}"}',
            headers: { Authorization: 'Bearer sealed', Accept: 'application/json' },
            assertions: [
              { kind: 'status', in: [{ from: 201, to: 201 }] },
              { kind: 'json', path: "$.items[?@.state == 'paid'].invoice", test: 'exists' },
            ],
          },
          { name: 'Cancel it', method: 'DELETE', url: '/api/v1/incidents/{{kind}}' },
          { name: 'Log out', url: '/healthz', always: true },
        ],
      },
    },
  });
  for (let check = 0; check < 3; check += 1) await client.call(checkNow, { params: { id } });
  return id;
}
