import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild, listens } from './programs.ts';
import { freePort } from './server-process.ts';

/** A server by Debian's python3-websockets: repeats what it hears, in many frames; closes when told “bye”. */
const PROGRAM = `
import asyncio, sys, websockets

async def talk(socket, path=None):
    async for message in socket:
        if message == "bye":
            await socket.close(1001, "going away")
        elif message == "who":
            await socket.send(socket.request_headers.get("Authorization", "nobody") + " " + str(socket.subprotocol))
        else:
            await socket.send(["you ", "said ", message])

async def main():
    async with websockets.serve(talk, "127.0.0.1", int(sys.argv[1]), subprotocols=["chat"], compression="deflate"):
        await asyncio.Future()

asyncio.run(main())
`;

export type WebsocketServer = { readonly port: number; readonly end: () => Promise<void> };

export async function startWebsocketServer(): Promise<WebsocketServer> {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-websocket-'));
  const port = await freePort();
  const file = join(folder, 'server.py');
  writeFileSync(file, PROGRAM);
  // What its library says of a connection that only tries the port is of no interest.
  const child = spawn('/usr/bin/python3', [file, String(port)], { stdio: 'ignore' });
  await listens(port, child);
  return { port, end: () => endChild(child, folder) };
}
