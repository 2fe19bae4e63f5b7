import { accountByAwsAccountNumber } from '#entities/cloud-account/natural-key.ts';
import { hostByHostname } from '#entities/host/natural-key.ts';
import { resourceByResourceId } from '#entities/resource/natural-key.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';

/** @throws InputError when the value names several records: no guess is made. @returns null when it names none. */
type ByNaturalKey = (context: RequestContext, value: string) => Promise<RecordRef | null>;

/** Keys besides `id` that other subgraphs really hold, by the type's own name and the field that shows the key. */
export const NATURAL_KEYS: Readonly<Record<string, Readonly<Record<string, ByNaturalKey>>>> = {
  Resource: { resourceId: (context, value) => resourceByResourceId(context).load(value) },
  CloudAccount: { awsAccountNumber: (context, value) => accountByAwsAccountNumber(context).load(value) },
  Host: { hostname: (context, value) => hostByHostname(context).load(value) },
};
