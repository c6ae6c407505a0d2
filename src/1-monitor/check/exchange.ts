import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket, type SecureContext } from 'node:tls';
import { describeCertificate, describeForeignName, describeSocketError, fault, type FaultScene } from './faults.ts';
import type { ResponseParser } from './response-parser.ts';
import type { CheckError } from './spec.ts';

export interface ExchangeAsk {
  readonly address: string;
  readonly port: number;
  /** What the certificate must be for, and what errors name. */
  readonly host: string;
  readonly secure: { readonly context: SecureContext; readonly verify: boolean } | null;
  readonly request: Buffer;
  readonly parser: ResponseParser;
}

/** How one connection went. Milliseconds since it was begun; null where not reached. */
export interface ExchangeEnd {
  readonly error: CheckError | null;
  readonly connectedMs: number | null;
  readonly securedMs: number | null;
  readonly firstByteMs: number | null;
  readonly endedMs: number;
  readonly step: FaultScene['step'];
  readonly certificateExpiresAtMs: number | null;
}

/** Every socket reads into this one buffer: whatever is kept of it is copied before the next read. */
const SHARED = Buffer.allocUnsafeSlow(65_536);
const ALPN = ['http/1.1'];
const NO_CERTIFICATE_OBJECT = {};

/** One request and its response over one connection of its own. `stop` ends it early with the given fault. */
export class Exchange {
  readonly #ask: ExchangeAsk;
  readonly #done: (end: ExchangeEnd) => void;
  readonly #beganMs = performance.now();
  #socket: Socket | null = null;
  #connectedMs: number | null = null;
  #securedMs: number | null = null;
  #firstByteMs: number | null = null;
  #expiresAtMs: number | null = null;
  #ended = false;

  /** `done` is called once, possibly before the constructor returns. */
  constructor(ask: ExchangeAsk, done: (end: ExchangeEnd) => void) {
    this.#ask = ask;
    this.#done = done;
    try {
      this.#socket = ask.secure === null ? this.#openPlain() : this.#openSecure(ask.secure);
      this.#socket.on('error', (error) => this.#onError(error));
      this.#socket.on('end', () => this.#onEnd());
      this.#socket.on('close', () => this.#onEnd());
    } catch (error) {
      this.stop(describeSocketError(error instanceof Error ? error : new Error(String(error)), this.#scene()));
    }
  }

  get step(): FaultScene['step'] {
    if (this.#connectedMs === null) return 'connecting';
    if (this.#ask.secure !== null && this.#securedMs === null) return 'tls';
    return this.#firstByteMs === null ? 'first-byte' : 'transfer';
  }

  stop(error: CheckError | null): void {
    if (this.#ended) return;
    this.#ended = true;
    const step = this.step;
    this.#socket?.destroy();
    this.#done({
      error,
      connectedMs: this.#connectedMs,
      securedMs: this.#securedMs,
      firstByteMs: this.#firstByteMs,
      endedMs: this.#nowMs(),
      step,
      certificateExpiresAtMs: this.#expiresAtMs,
    });
  }

  #openPlain(): Socket {
    const { address, port } = this.#ask;
    const socket = connectTcp({ host: address, port, onread: this.#onread() });
    socket.on('connect', () => {
      this.#connectedMs = this.#nowMs();
      socket.write(this.#ask.request);
    });
    return socket;
  }

  #openSecure({ context, verify }: { context: SecureContext; verify: boolean }): Socket {
    const { address, port, host } = this.#ask;
    // A variable, since the types of tls.connect do not know `onread` (its documentation does).
    const options = {
      host: address,
      port,
      onread: this.#onread(),
      secureContext: context,
      ALPNProtocols: ALPN,
      // Verified below, so that the expiry is known even of a certificate that is refused.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    };
    const socket = connectTls(options);
    // Node builds this object of a whole chain for checkServerIdentity, which does not look at it.
    Reflect.set(socket, 'getPeerCertificate', () => NO_CERTIFICATE_OBJECT);
    socket.on('connect', () => (this.#connectedMs = this.#nowMs()));
    socket.on('secureConnect', () => this.#onSecure(socket, verify));
    return socket;
  }

  #onSecure(socket: TLSSocket, verify: boolean): void {
    if (this.#ended) return;
    this.#securedMs = this.#nowMs();
    const { expiresAtMs, error } = readCertificate(socket, this.#ask.host);
    this.#expiresAtMs = expiresAtMs;
    if (verify && error !== null) return this.stop(error);
    socket.write(this.#ask.request);
  }

  #onread(): { buffer: Buffer; callback: (length: number) => boolean } {
    return {
      buffer: SHARED,
      callback: (length) => {
        if (this.#ended) return true;
        this.#firstByteMs ??= this.#nowMs();
        this.#ask.parser.push(SHARED.subarray(0, length));
        if (this.#ask.parser.settled) this.stop(this.#ask.parser.fault);
        return true;
      },
    };
  }

  #onEnd(): void {
    if (this.#ended) return;
    const { step } = this;
    if (step === 'connecting' || step === 'tls') {
      return this.stop(
        fault(
          'reset',
          `${this.#scene().peer} closed the connection (${step === 'tls' ? 'during the TLS handshake' : 'connecting'})`,
        ),
      );
    }
    this.#ask.parser.end();
    this.stop(this.#ask.parser.fault);
  }

  #onError(error: NodeJS.ErrnoException): void {
    if (!this.#ended) this.stop(describeSocketError(error, this.#scene()));
  }

  #scene(): FaultScene {
    const { address, port, host } = this.#ask;
    return { peer: peerName(address, port), host, step: this.step };
  }

  #nowMs(): number {
    return performance.now() - this.#beganMs;
  }
}

/** Whom a finished handshake was with: when its certificate ends, and why it is not to be trusted for `host`. */
export function readCertificate(
  socket: TLSSocket,
  host: string,
): { readonly expiresAtMs: number | null; readonly error: CheckError | null } {
  const certificate = socket.getPeerX509Certificate();
  const expiresAtMs = certificate?.validToDate.getTime() ?? null;
  // Node sets a code here, though its type says Error.
  if (!socket.authorized) return { expiresAtMs, error: describeCertificate(String(socket.authorizationError), host) };
  const names = isIP(host) === 0 ? certificate?.checkHost(host) : certificate?.checkIP(host);
  return { expiresAtMs, error: names === undefined ? describeForeignName(host, certificate?.subjectAltName) : null };
}

export function peerName(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
