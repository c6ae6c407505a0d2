import { parentPort } from 'node:worker_threads';
import { readScript } from './read-script.ts';

/** The thread that reads scripts for `readScriptApart`: one text in, one answer out. */
parentPort?.on('message', (text: string) => parentPort?.postMessage(readScript(text), []));
