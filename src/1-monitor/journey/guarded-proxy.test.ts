import { createServer, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Resolution, Resolver } from '../check/resolver.ts';
import { TargetGuards } from '../check/target-guards.ts';
import { DRIVER_LIMITS } from './driver-wire.ts';
import { type GuardedProxy, startGuardedProxy } from './guarded-proxy.ts';

const answers = new Map<string, string[][]>();
/** Each question gets the next answer, as from a name server that changes its mind. */
const resolver: Resolver = {
  cached: () => null,
  async resolve(name): Promise<Resolution> {
    const addresses = answers.get(name)?.shift();
    if (addresses === undefined)
      return { ok: false, kind: 'name-not-found', message: `the name ${name} does not exist` };
    return { ok: true, addresses };
  },
};

let proxy: GuardedProxy;
let tooMuch = 0;
const server = createServer((asked, answer) => {
  if (asked.url === '/big') return void answer.end(Buffer.alloc(DRIVER_LIMITS.networkBytes + 1));
  answer.setHeader('x-host', asked.headers.host ?? '');
  answer.end(`${asked.method} ${asked.url}`);
});
let port = 0;

beforeEach(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  proxy = await startGuardedProxy({
    resolver,
    guards: new TargetGuards(),
    allowedTargets: ['127.0.0.0/8'],
    onTooMuch: () => {
      tooMuch += 1;
    },
  });
});
afterEach(async () => {
  proxy.close();
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

/** The status and body, or what broke. */
function get(url: string): Promise<string> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port: proxy.port, path: url }, (answer: IncomingMessage) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => {
        if (body.length < 200) body += chunk.toString();
      });
      answer.on('end', () => resolve(`${answer.statusCode} ${body}`));
      answer.on('error', () => resolve('cut'));
    });
    asked.on('error', () => resolve('refused'));
    asked.end();
  });
}

/** What a tunnel says first. */
function tunnel(authority: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(proxy.port, '127.0.0.1', () => {
      socket.write(`CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n\r\n`);
    });
    socket.once('data', (chunk: Buffer) => {
      resolve(chunk.toString().split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.once('error', () => resolve('refused'));
  });
}

describe('the proxy of a journey', () => {
  it('passes requests on to a name whose address is allowed', async () => {
    answers.set('shop.example', [['127.0.0.1']]);
    expect(await get(`http://shop.example:${port}/a?b`)).toBe('200 GET /a?b');
    expect(proxy.addressOf('shop.example')).toBe('127.0.0.1');
  });

  it.each(['169.254.169.254', '10.0.0.1', '192.168.1.1', '[::1]', '[fd00:ec2::254]', '0.0.0.0', '[::ffff:10.0.0.1]'])(
    'connects to nobody at %s',
    async (host) => {
      expect(await get(`http://${host}/`)).toBe('refused');
      expect(await tunnel(`${host}:443`)).toBe('HTTP/1.1 502 Bad Gateway');
      expect(proxy.troubleWith(host.replace(/^\[|\]$/g, ''))?.error.kind).toBe('target-not-allowed');
    },
  );

  it('connects to the address that it judged, whatever the name says next', async () => {
    answers.set('rebinding.example', [['127.0.0.1'], ['169.254.169.254'], ['10.0.0.1', '127.0.0.1']]);
    expect(await get(`http://rebinding.example:${port}/1`)).toBe('200 GET /1');
    expect(await get(`http://rebinding.example:${port}/2`)).toBe('refused');
    // Of several addresses only the allowed one is connected to.
    expect(await get(`http://rebinding.example:${port}/3`)).toBe('200 GET /3');
    expect(await tunnel('rebinding.example:443')).toBe('HTTP/1.1 502 Bad Gateway');
  });

  it('answers nobody who takes it for a web server, and no nonsense', async () => {
    expect(await get('/')).toBe('400 ');
    expect(await get('ftp://shop.example/')).toBe('400 ');
    expect(await tunnel('shop.example')).toBe('HTTP/1.1 400 Bad Request');
    expect(await tunnel('a:b:c')).toBe('HTTP/1.1 400 Bad Request');
  });

  it('says when more is moved than a journey may', async () => {
    expect(tooMuch).toBe(0);
    await get(`http://127.0.0.1:${port}/big`);
    expect(tooMuch).toBeGreaterThan(0);
  });
});
