import { readFileSync } from 'node:fs';

/** The version in `package.json`: the project's, or that of what was built. */
export const gatewayVersion = (): string => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};
