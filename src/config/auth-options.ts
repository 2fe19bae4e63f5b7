import { z } from 'zod';
import { addProblem, SOURCE_NAME } from './values.ts';

const tenantName = z.string().min(1);
const sourceNames = z.array(z.string().regex(SOURCE_NAME, 'expected the name of a source'));

const apiKey = z.strictObject({
  name: z.string().min(1).describe('Names the caller in logs.'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected the SHA-256 of the key, 64 lower-case hex digits'),
  tenant: tenantName.optional(),
});

const jwt = z.strictObject({
  jwksUrl: z.url({ protocol: /^https?$/ }),
  issuer: z.string().min(1),
  audience: z.string().min(1),
  tenantClaim: z.string().min(1).default('tenant'),
});

/** Who may ask, and for which sources. A tenant lists its sources; without a tenant, all of them. */
export const authOptions = z
  .strictObject({
    mode: z.enum(['none', 'api-key', 'jwt', 'passthrough']).default('none'),
    allowOpenNetwork: z.boolean().default(false).describe('Lets mode "none" listen beyond loopback.'),
    keys: z.array(apiKey).default([]),
    jwt: jwt.optional(),
    tenants: z.record(tenantName, z.strictObject({ sources: sourceNames })).default({}),
  })
  .superRefine(({ mode, keys, jwt: settings, tenants }, context) => {
    if (mode === 'api-key' && keys.length === 0) {
      addProblem(context, ['keys'], 'expected at least one key in mode "api-key", got none');
    }
    if (mode === 'jwt' && !settings) {
      addProblem(context, ['jwt'], 'expected jwksUrl, issuer and audience in mode "jwt", got nothing');
    }
    for (const [index, { sha256, tenant }] of keys.entries()) {
      const first = keys.findIndex((key) => key.sha256 === sha256);
      if (first !== index) {
        addProblem(context, ['keys', index, 'sha256'], `expected a key of its own, got that of keys[${first}]`);
      }
      if (tenant === undefined || tenants[tenant]) continue;
      addProblem(context, ['keys', index, 'tenant'], `expected one of the tenants, got ${JSON.stringify(tenant)}`);
    }
  })
  .prefault({});
