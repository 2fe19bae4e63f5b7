import { builder } from '#graphql/builder.ts';
import type { CloudAccountModel } from './model.ts';

export const CloudAccount = builder.objectRef<CloudAccountModel>('CloudAccount');

/** Fields of an account that every reference to it already knows. */
export const ACCOUNT_REFERENCE_FIELDS: ReadonlySet<string> = new Set(['id', 'sourceId', 'source']);
