import { pino } from 'pino';

export type Logger = {
  debug: (fields: object, message: string) => void;
  info: (fields: object, message: string) => void;
  warn: (fields: object, message: string) => void;
  error: (fields: object, message: string) => void;
};

const SECRET_FIELDS = ['password', 'secret', 'token', 'key', 'authorization', 'cookie', 'smtpUrl', 'smtpSpareUrl'];

/** JSON lines on stdout, one per decision, past tense. Fields that carry secrets print `[secret]`. */
export function createLogger(level: string): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]);
  return pino({ level, redact: { paths, censor: '[secret]' }, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** Says nothing; for tests and one-shot commands. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
