import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin', '/snap/bin', '/run/current-system/sw/bin', '/opt/google/chrome'];
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export type FoundChromium =
  | { readonly ok: true; readonly path: string }
  /** What to install, or what is wrong with what was named. */
  | { readonly ok: false; readonly fault: string };

/** `named`: what the configuration says; null = the usual names in the usual folders. */
export function findChromium(named: string | null): FoundChromium {
  if (named !== null) {
    if (isProgram(named)) return { ok: true, path: named };
    return { ok: false, fault: `ALLCLEAR_CHROMIUM names ${named}, which is no program on this machine` };
  }
  const candidates = [...NAMES.flatMap((name) => FOLDERS.map((folder) => join(folder, name))), ...APPLICATIONS];
  const found = candidates.find(isProgram);
  if (found !== undefined) return { ok: true, path: found };
  return {
    ok: false,
    fault:
      'this machine has no Chromium; install it (Debian: apt-get install chromium) or name it in ALLCLEAR_CHROMIUM',
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
