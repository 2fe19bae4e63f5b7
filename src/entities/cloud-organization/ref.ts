import { builder } from '#graphql/builder.ts';
import type { CloudOrganizationModel } from './model.ts';

export const CloudOrganization = builder.objectRef<CloudOrganizationModel>('CloudOrganization');
