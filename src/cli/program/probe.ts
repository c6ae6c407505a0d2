import { Command } from 'commander';
import { probe } from '../command/probe.ts';
import { explainFailure } from '../explain.ts';
import { EXIT, type Io } from '../io.ts';
import { examples, type Session } from '../session.ts';

export function addProbeCommand(session: Pick<Session, 'program' | 'io' | 'exitCode'>): void {
  const { program, io } = session;
  program
    .command('probe')
    .description('check from this machine what a server elsewhere says, and report to it')
    .option('--server <url>', 'the server; default ALLCLEAR_URL')
    .option('--token <token>', 'of this probe, shown once when it was added; default ALLCLEAR_PROBE_TOKEN')
    .option('--folder <path>', 'where results wait while the server is away', './allclear-probe')
    .option('--programs <path>', 'a folder of programs that monitors may run here; default none')
    .addHelpText('after', examples('probe --server https://allclear.example.com --token probe_4k2m9x…'))
    .action(async (options) => {
      await probe(io, options);
      session.exitCode = null;
    });
}

/** `allclear probe …` by itself: a probe lives long and on small machines, so nothing of the other commands is loaded. */
export async function runProbe(argv: readonly string[], io: Io): Promise<number | null> {
  const program = new Command('allclear')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showSuggestionAfterError()
    .exitOverride();
  const session: Parameters<typeof addProbeCommand>[0] = { program, io, exitCode: EXIT.ok };
  addProbeCommand(session);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return session.exitCode;
  } catch (error) {
    return explainFailure(error, io, false);
  }
}
