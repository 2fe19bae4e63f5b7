import { ConfigError, NotConfiguredError } from '#config/config-error.ts';
import { HOW_TO_CONFIGURE } from './how-to-configure.ts';

/** Exit code of a configuration that cannot be started with. */
const UNUSABLE_CONFIGURATION = 2;

/** Says what went wrong, without a stack where the reader can do something about it, and sets the exit code. */
export const reportFailure = (error: unknown): void => {
  if (error instanceof NotConfiguredError) {
    console.error(`${error.message}\n\n${HOW_TO_CONFIGURE}`);
    process.exitCode = UNUSABLE_CONFIGURATION;
  } else if (error instanceof ConfigError) {
    console.error(error.message);
    process.exitCode = UNUSABLE_CONFIGURATION;
  } else {
    console.error(isAddressError(error) ? `Cannot listen: ${error.message}` : error);
    process.exitCode = 1;
  }
};

const isAddressError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  'code' in error &&
  ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(String(error.code));
