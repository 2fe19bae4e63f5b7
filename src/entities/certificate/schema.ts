import { defineEntity } from '#graphql/define-entity.ts';
import { wholeList } from '#graphql/pricing/prices.ts';
import { certificateById } from './loaders.ts';
import { Certificate } from './ref.ts';

export const certificate = defineEntity(Certificate, {
  description:
    'A TLS certificate. The upstream shows one only while a finding is about it: certificates that are fine for another 60 days are not to be seen.',
  side: 'CLOUD',
  node: { load: (context, ref) => certificateById(context).load(ref), price: wholeList('CLOUD', 'findings', 1) },
  naturalKeys: {},
  fields: (t) => ({
    primaryDomain: t.exposeString('primaryDomain', { nullable: true, description: 'The domain it was issued for.' }),
    altNames: t.exposeStringList('altNames', {
      description: 'Further names that it covers; may hold wildcards like `*.example.com`.',
    }),
    notBefore: t.expose('notBefore', { type: 'DateTime', nullable: true, description: 'Valid from.' }),
    notAfter: t.expose('notAfter', {
      type: 'DateTime',
      nullable: true,
      description: 'Valid until. In the year 0001: it was never issued.',
    }),
    issuer: t.exposeString('issuer', { nullable: true, description: 'Who issued it.' }),
    algorithm: t.exposeString('algorithm', {
      nullable: true,
      description: 'Key algorithm as the upstream spells it, e.g. `RSA-2048` or `RSA_2048`.',
    }),
    origin: t.exposeString('origin', {
      nullable: true,
      description: 'Where the upstream learned of it: `acm`, or `endpoint_scan`.',
    }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', nullable: true, description: 'When it was last seen.' }),
  }),
});
