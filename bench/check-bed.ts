import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What checks are measured against, all on loopback: nginx as the target, blackbox_exporter as the peer. */
export interface CheckBed {
  readonly urls: { readonly http: string; readonly https: string };
  readonly authorityPem: string;
  /** Null where blackbox_exporter is not installed. */
  readonly peer: { readonly pid: number } | null;
  /** Lets the peer make this many checks; throws when one does not succeed. */
  probe(scheme: 'http' | 'https', count: number, connections: number): Promise<void>;
  stop(): Promise<void>;
}

const BLACKBOX = ['/usr/bin/prometheus-blackbox-exporter', '/usr/local/bin/blackbox_exporter'];
const READY_MS = 5_000;

export async function startCheckBed(): Promise<CheckBed> {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-bench-'));
  const [httpPort, httpsPort, peerPort] = [await freePort(), await freePort(), await freePort()];
  const urls = { http: `http://127.0.0.1:${httpPort}/`, https: `https://127.0.0.1:${httpsPort}/` };
  const authorityPem = makeCertificate(folder);
  const started: ChildProcess[] = [startNginx(folder, httpPort, httpsPort)];
  const peer = startBlackbox(folder, peerPort);
  if (peer !== null) started.push(peer);
  await Promise.all([httpPort, httpsPort, ...(peer === null ? [] : [peerPort])].map((port) => accepting(port)));
  return {
    urls,
    authorityPem,
    peer: peer?.pid === undefined ? null : { pid: peer.pid },
    probe: (scheme, count, connections) => probeMany(peerPort, urls[scheme], count, connections),
    async stop() {
      await Promise.all(started.map(ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Self-signed, for 127.0.0.1: its own authority. */
function makeCertificate(folder: string): string {
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    join(folder, 'key.pem'),
  ];
  execFileSync('openssl', ['req', '-x509', ...key, ...subject, '-days', '90', '-out', join(folder, 'cert.pem')], {
    stdio: 'ignore',
  });
  return readFileSync(join(folder, 'cert.pem'), 'utf8');
}

function startNginx(folder: string, httpPort: number, httpsPort: number): ChildProcess {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const body = `${'This is a page of ordinary length. '.repeat(20)}all is well`;
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 4096; }
http { access_log off; ${paths.join(' ')} ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
server { listen 127.0.0.1:${httpPort} backlog=4096; listen 127.0.0.1:${httpsPort} ssl backlog=4096;
location / { default_type text/plain; return 200 '${body}'; } } }`,
  );
  return spawn('/usr/sbin/nginx', ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
  });
}

function startBlackbox(folder: string, port: number): ChildProcess | null {
  const binary = BLACKBOX.find((path) => existsSync(path));
  if (binary === undefined) return null;
  const config = {
    modules: {
      check: {
        prober: 'http',
        timeout: '5s',
        http: {
          valid_status_codes: [200],
          fail_if_body_not_matches_regexp: ['all is well'],
          follow_redirects: false,
          preferred_ip_protocol: 'ip4',
          tls_config: { ca_file: join(folder, 'cert.pem') },
        },
      },
    },
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'blackbox.yml'), JSON.stringify(config));
  const args = [`--config.file=${folder}/blackbox.yml`, `--web.listen-address=127.0.0.1:${port}`, '--log.level=error'];
  return spawn(binary, args, { stdio: 'ignore' });
}

async function probeMany(port: number, target: string, count: number, connections: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const path = `/probe?module=check&target=${encodeURIComponent(target)}`;
  let left = count;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const metrics = await fetchText(agent, port, path);
      if (!metrics.includes('\nprobe_success 1\n')) throw new Error(`blackbox_exporter's check of ${target} failed`);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  agent.destroy();
}

function fetchText(agent: Agent, port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ agent, host: '127.0.0.1', port, path }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve(text));
      response.on('error', reject);
    }).on('error', reject);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function accepting(port: number): Promise<void> {
  const untilMs = performance.now() + READY_MS;
  while (performance.now() < untilMs) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true)));
      socket.on('error', () => resolve(false));
    });
    if (open) return;
  }
  throw new Error(`nothing listens on 127.0.0.1:${port}; are nginx and openssl installed?`);
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
