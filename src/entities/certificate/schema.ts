import { defineEntity } from '#graphql/define-entity.ts';
import { dateOrNull, textOrNull } from '#graphql/fields.ts';
import { wholeList } from '#graphql/pricing/prices.ts';
import { certificateById } from './loaders.ts';
import { Certificate } from './ref.ts';

export const certificate = defineEntity(Certificate, {
  description:
    'A TLS certificate. The upstream shows one only while a finding is about it: certificates that are valid for another 60 days are not listed.',
  side: 'CLOUD',
  node: { load: (context, ref) => certificateById(context).load(ref), price: wholeList('CLOUD', 'findings', 1) },
  naturalKeys: {},
  fields: (t) => ({
    primaryDomain: textOrNull(t, 'primaryDomain', 'The domain it was issued for.'),
    altNames: t.exposeStringList('altNames', {
      description: 'Further names that it covers; may hold wildcards like `*.example.com`.',
    }),
    notBefore: dateOrNull(t, 'notBefore', 'Valid from.'),
    notAfter: dateOrNull(t, 'notAfter', 'Valid until. In the year 0001: it was never issued.'),
    issuer: textOrNull(t, 'issuer', 'Who issued it.'),
    algorithm: textOrNull(t, 'algorithm', 'Key algorithm as the upstream spells it, e.g. `RSA-2048` or `RSA_2048`.'),
    origin: textOrNull(t, 'origin', 'Where the upstream learned of it: `acm`, or `endpoint_scan`.'),
    lastSeenAt: dateOrNull(t, 'lastSeenAt', 'When it was last seen.'),
  }),
});
