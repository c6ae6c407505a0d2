import { readFileSync } from 'node:fs';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import type { CertificateFiles } from './certificate-files.ts';

export type GrpcServer = { readonly port: number; readonly end: () => void };

/** A real gRPC server on loopback that tells the health of itself and two services; null = without a health service. */
export async function startGrpcServer(
  health: Readonly<Record<string, 'SERVING' | 'NOT_SERVING'>> | null,
  certificate?: CertificateFiles,
): Promise<GrpcServer> {
  const server = new Server();
  if (health !== null) new HealthImplementation({ ...health }).addToServer(server);
  const credentials =
    certificate === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [
          { private_key: readFileSync(certificate.keyFile), cert_chain: readFileSync(certificate.certFile) },
        ]);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return { port, end: () => server.forceShutdown() };
}
