import { recordLoader } from '#loading/record-loader.ts';
import type { CloudOrganizationModel } from './model.ts';

/** The organization behind a source's key, by its id; null for any other id. One call per source and request. */
export const organizationById = recordLoader<'CLOUD', CloudOrganizationModel | null>(
  'organizationById',
  'CLOUD',
  async ({ client }, _ids, { scope }) => {
    const organization = await client.organization(scope);
    return new Map([[organization.id, organization]]);
  },
  () => null,
);
