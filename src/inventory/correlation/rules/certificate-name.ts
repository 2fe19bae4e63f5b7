import type { CertificateNames } from '#entities/certificate/model.ts';
import type { ResourceFacts } from '../../facts.ts';
import { normalizeCertificateName, wildcardOf } from '../../identifiers/host-name.ts';
import { groupBy } from '../group-by.ts';
import type { Rule } from '../rule.ts';

/** A certificate covers the host's name. This is a relation and not a link, since many hosts may serve one name. */
export const certificateName: Rule = {
  number: '13',
  name: 'certificate-name',
  class: 'NAME',
  mode: 'P',
  run(index, _scope, report) {
    const byName = groupBy<CertificateNames | ResourceFacts>(
      [...index.certificates, ...(index.byService.get('acm') ?? [])],
      namesOf,
    );
    for (const facts of index.hosts) {
      for (const name of facts.servedNames) {
        const covering = new Set([...(byName.get(name) ?? []), ...(byName.get(wildcardOf(name)) ?? [])]);
        for (const certificate of covering)
          report.relate('COVERS', facts, certificate, 0.8, `the certificate covers ${name}`);
      }
    }
  },
};

function namesOf(certificate: CertificateNames | ResourceFacts): readonly string[] {
  const given =
    certificate.type === 'Resource' ? [certificate.name] : [certificate.primaryDomain, ...certificate.altNames];
  return [...new Set(given.flatMap((name) => normalizeCertificateName(name ?? '') ?? []))];
}
