import type { CertificateNames } from '#entities/certificate/model.ts';
import type { ResourceFacts } from '../../facts.ts';
import { normalizeCertificateName, wildcardOf } from '../../identifiers/host-name.ts';
import { groupBy } from '../group-by.ts';
import type { Rule } from '../rule.ts';

/** A certificate covers the host's name. This is a relation and not a link, since many hosts may serve one name. */
export const certificateName = (certificates: readonly CertificateNames[]): Rule => {
  const byName = groupBy(certificates, namesOf);
  return {
    number: '13',
    name: 'certificate-name',
    class: 'NAME',
    mode: 'P',
    // Certificates that only findings name are no resources.
    readsAlone: 'HOSTS',
    hostKeys: ({ servedNames }) => [...servedNames].flatMap((name) => [name, wildcardOf(name)]),
    services: ['acm'],
    resourceKeys: ({ row }) => namesOf(row),
    compare({ key, hosts, resources }, _scope, report) {
      const covering = [...(byName.get(key) ?? []), ...resources.map(({ row }) => row)];
      for (const facts of covering.length > 0 ? hosts : []) {
        for (const name of facts.servedNames) {
          if (name !== key && wildcardOf(name) !== key) continue;
          for (const certificate of covering) {
            // Of one with the name as well, the name itself tells.
            if (name !== key && namesOf(certificate).includes(name)) continue;
            report.relate('COVERS', facts, certificate, 0.8, `the certificate covers ${name}`);
          }
        }
      }
    },
  };
};

function namesOf(certificate: CertificateNames | ResourceFacts): readonly string[] {
  const given =
    certificate.type === 'Resource' ? [certificate.name] : [certificate.primaryDomain, ...certificate.altNames];
  return [...new Set(given.flatMap((name) => normalizeCertificateName(name ?? '') ?? []))];
}
