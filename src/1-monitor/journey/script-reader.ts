import { parentPort } from 'node:worker_threads';
import { readScript } from './read-script.ts';

/** The thread that reads scripts for `readScriptApart`: one text in, one answer out. It says `ready` when it can. */
parentPort?.on('message', (text: string) => parentPort?.postMessage(readScript(text), []));
// Once, so that the parser for types is there before anybody waits for it.
readScript('const ready: boolean = true;');
parentPort?.postMessage('ready', []);
