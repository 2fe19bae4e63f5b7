import { describe, expect, it } from 'vitest';
import { ConfigError } from '#config/config-error.ts';
import { createGateway } from '#server/create-gateway.ts';
import { isLoopback } from '#server/http/open-network.ts';
import { defineConfig } from '#sources/kinds.ts';
import { collectedLogs } from '../../support/collected-logs.ts';

describe('without authentication', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.1.4', false],
    ['localhost.example.com', false],
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });

  it('the gateway does not listen beyond loopback', async () => {
    const start = createGateway(defineConfig({ server: { host: '0.0.0.0', port: 0 }, log: { level: 'silent' } }));
    await expect(start).rejects.toThrow(ConfigError);
    await expect(start).rejects.toThrow(/server\.host: .*INVENTORY_ALLOW_OPEN_NETWORK/);
  });

  it('it does when configured to, with a warning in the log', async () => {
    const config = defineConfig({ server: { host: '0.0.0.0', port: 0 }, auth: { allowOpenNetwork: true } });
    const { logger, lines } = collectedLogs(config);
    const gateway = await createGateway(config, { logger });
    await gateway.close();
    expect(lines.join('')).toContain('OPEN TO THE NETWORK WITHOUT AUTHENTICATION');
  });
});
