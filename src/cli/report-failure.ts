import { ConfigError, NotConfiguredError } from '#config/config-error.ts';
import { UsageError } from './connection.ts';

/** Exit code of what cannot be started with: a configuration, or a command line. */
const UNUSABLE = 2;

/** Says what went wrong, without a stack where the reader can do something about it, and sets the exit code. */
export const reportFailure = (error: unknown): void => {
  if (error instanceof NotConfiguredError) {
    console.error(`${error.message}\n\n${HOW_TO_CONFIGURE}`);
    process.exitCode = UNUSABLE;
  } else if (error instanceof ConfigError || error instanceof UsageError) {
    console.error(error.message);
    process.exitCode = UNUSABLE;
  } else {
    console.error(isAddressError(error) ? `Cannot listen: ${error.message}` : error);
    process.exitCode = 1;
  }
};

const isAddressError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  'code' in error &&
  ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(String(error.code));

export const HOW_TO_CONFIGURE = `One server of each kind is set by environment variables:

  SCANORBIT_URL       the whole base URL, such as https://scanorbit.example.com/api/v1
  SCANORBIT_API_KEY   a key of the organization
  SCANOPY_URL         the origin, such as https://scanopy.example.com
  SCANOPY_API_KEY     a user API key

Several servers, tenants and limits are set in a YAML file, named by INVENTORY_CONFIG:

  sources:
    - name: emea
      kind: scanorbit
      url: https://scanorbit.example.com/api/v1
      apiKey: \${EMEA_KEY}        # taken from the environment
    - name: office
      kind: scanopy
      url: https://scanopy.example.com
      apiKey: \${OFFICE_KEY}

"inventory-gateway check" then tries each of them. Nothing at hand? "npm run demo" brings its own.`;
