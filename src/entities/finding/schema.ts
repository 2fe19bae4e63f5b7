import { certificateOfFinding } from '#entities/certificate/loaders.ts';
import type { CertificateModel } from '#entities/certificate/model.ts';
import { CERTIFICATE_REFERENCE_FIELDS, Certificate } from '#entities/certificate/ref.ts';
import { accountById } from '#entities/cloud-account/loaders.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import { ACCOUNT_REFERENCE_FIELDS, CloudAccount } from '#entities/cloud-account/ref.ts';
import { resourceOfAccount } from '#entities/resource/loaders.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import { RESOURCE_REFERENCE_FIELDS, Resource } from '#entities/resource/ref.ts';
import { scanById } from '#entities/scan/loaders.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import { SCAN_REFERENCE_FIELDS, Scan } from '#entities/scan/ref.ts';
import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { byId, fromWholeSet, perParent, together, unlessNamed } from '#graphql/pricing/prices.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { referenceTo } from '#graphql/relay/reference.ts';
import { findingById } from './loaders.ts';
import { Finding, FindingSeverity, FindingStatus } from './ref.ts';
import './query-fields.ts';

Finding.implement({
  description: 'Something that a scan found worth a look: waste, a risk, a certificate about to expire.',
  interfaces: [Node],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    type: t.exposeString('findingType', {
      description: 'What kind of finding, e.g. `orphaned_volume`, `ssl_expiry`: an open vocabulary of the upstream.',
    }),
    severity: t.expose('severity', { type: FindingSeverity, description: 'How bad it is.' }),
    status: t.expose('status', { type: FindingStatus, description: 'What became of it.' }),
    summary: t.exposeString('summary', { description: 'One sentence for people; do not parse it.' }),
    details: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Facts behind it, as the upstream gives them; the keys differ by type and by server.',
      resolve: (finding) => finding.details,
    }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When it was resolved.' }),
    snoozedUntil: t.expose('snoozedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when it is put off.',
    }),
    firstDetectedAt: t.expose('firstDetectedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a scan first found it.',
    }),
    lastDetectedAt: t.expose('lastDetectedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a scan last found it. Older than the last scan of its account: not confirmed by that.',
    }),
    detectionCount: t.exposeInt('detectionCount', {
      description: 'How often it was found; some types count several times per scan.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When its record was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When its record last changed.' }),
    source: t.field({
      type: Source,
      description: 'The upstream server this record comes from.',
      resolve: (finding, _, context) => sourceOf(context, finding),
    }),
    resource: t.field({
      type: Resource,
      nullable: true,
      description: 'The resource it is about; null when it is about a certificate, or the resource is gone.',
      extensions: { price: unlessNamed(RESOURCE_REFERENCE_FIELDS, byId('CLOUD', 'resources')) },
      resolve: ({ source, resourceId: id, accountId }, _, context, info) =>
        id
          ? (referenceTo<ResourceModel>({ type: 'Resource', source, id }, info, RESOURCE_REFERENCE_FIELDS) ??
            resourceOfAccount(context, { source, id, accountId }))
          : null,
    }),
    certificate: t.field({
      type: Certificate,
      nullable: true,
      description: 'The certificate it is about. One upstream request per certificate.',
      extensions: { price: unlessNamed(CERTIFICATE_REFERENCE_FIELDS, perParent('CLOUD', 1)) },
      resolve: (finding, _, context, info) => {
        const { source, certificateId: id } = finding;
        const named =
          id && referenceTo<CertificateModel>({ type: 'Certificate', source, id }, info, CERTIFICATE_REFERENCE_FIELDS);
        return named || certificateOfFinding(context, finding);
      },
    }),
    account: t.field({
      type: CloudAccount,
      nullable: true,
      description: 'The AWS account it was found in.',
      extensions: { price: unlessNamed(ACCOUNT_REFERENCE_FIELDS, fromWholeSet('CLOUD', 'accounts')) },
      resolve: ({ source, accountId: id }, _, context, info) =>
        referenceTo<CloudAccountModel>({ type: 'CloudAccount', source, id }, info, ACCOUNT_REFERENCE_FIELDS) ??
        accountById(context).load({ source, id }),
    }),
    lastScan: t.field({
      type: Scan,
      nullable: true,
      description: 'The last scan that found it; null when the upstream does not tell, or has forgotten the scan.',
      extensions: {
        price: unlessNamed(
          SCAN_REFERENCE_FIELDS,
          together(fromWholeSet('CLOUD', 'recent scans'), fromWholeSet('CLOUD', 'active scans')),
        ),
      },
      resolve: ({ source, lastScanId: id }, _, context, info) =>
        id
          ? (referenceTo<ScanModel>({ type: 'Scan', source, id }, info, SCAN_REFERENCE_FIELDS) ??
            scanById(context).load({ source, id }))
          : null,
    }),
  }),
});

nodeType('Finding', findingById, perParent('CLOUD', 1));
