import { createSecureContext, type SecureContext } from 'node:tls';
import type { CheckTls } from './spec.ts';

/** The cheap, widely spoken groups; whoever speaks none of them is asked again with the defaults. */
const QUICK_CURVES = 'X25519:P-256:P-384';
const MAX_CONTEXTS = 2_000;
const MAX_REMEMBERED = 10_000;

/** One context per (authorities, client certificate, version, curves): building one costs more than a handshake. */
export class SecureContexts {
  readonly #contexts = new Map<string, SecureContext>();
  readonly #byTls = new WeakMap<CheckTls, { quick: SecureContext | null; plain: SecureContext | null }>();
  readonly #needDefaults = new Set<string>();

  /** Throws what OpenSSL says of a certificate or key that it cannot read. */
  for(tls: CheckTls, defaults: boolean): SecureContext {
    const variant = defaults ? 'plain' : 'quick';
    let known = this.#byTls.get(tls);
    if (known === undefined) this.#byTls.set(tls, (known = { quick: null, plain: null }));
    return (known[variant] ??= this.#build(tls, variant));
  }

  /** From now on `peer` (host:port) is asked with OpenSSL's default groups. */
  useDefaults(peer: string): void {
    if (this.#needDefaults.size >= MAX_REMEMBERED) this.#needDefaults.clear();
    this.#needDefaults.add(peer);
  }

  usesDefaults(peer: string): boolean {
    return this.#needDefaults.has(peer);
  }

  #build(tls: CheckTls, variant: 'quick' | 'plain'): SecureContext {
    const { caPem, clientCertificatePem, clientKeyPem, minVersion } = tls;
    const key = JSON.stringify([caPem, clientCertificatePem, clientKeyPem, minVersion, variant]);
    const known = this.#contexts.get(key);
    if (known !== undefined) return known;
    if (this.#contexts.size >= MAX_CONTEXTS) this.#contexts.clear();
    const context = createSecureContext({
      ...(caPem === undefined ? {} : { ca: caPem }),
      ...(clientCertificatePem === undefined ? {} : { cert: clientCertificatePem }),
      ...(clientKeyPem === undefined ? {} : { key: clientKeyPem }),
      ...(variant === 'quick' ? { ecdhCurve: QUICK_CURVES } : {}),
      minVersion: minVersion ?? 'TLSv1.2',
    });
    this.#contexts.set(key, context);
    return context;
  }
}
