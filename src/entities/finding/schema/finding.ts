import { certificateOfFinding } from '#entities/certificate/loaders.ts';
import type { CertificateModel } from '#entities/certificate/model.ts';
import { Certificate } from '#entities/certificate/ref.ts';
import { accountField } from '#entities/cloud-account/ref.ts';
import { resourceOfAccount } from '#entities/resource/loaders/by-id.ts';
import { Count, Resource } from '#entities/resource/ref.ts';
import { scanById } from '#entities/scan/loaders.ts';
import { Scan } from '#entities/scan/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { builder } from '#graphql/builder.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { dateOrNull, pagedField, recordDates } from '#graphql/fields.ts';
import { byId, fromWholeSet, listPage, perParent, together, unlessNamed } from '#graphql/pricing/prices.ts';
import { REFERENCE_FIELDS, reference, referenceTo } from '#graphql/relay/reference.ts';
import { everySource, narrowSources } from '#loading/several-sources.ts';
import { findingById, findingList, findingsFromIndex } from '../loaders/lists.ts';
import { type FindingModel, type FindingStatsModel, mergedFindingStats } from '../model.ts';
import {
  Finding,
  FindingConnection,
  FindingFilter,
  FindingOrder,
  FindingSeverity,
  FindingStatus,
  STATISTICS,
  withResources,
  withSeverities,
} from '../ref.ts';

const FindingStats = builder.objectRef<FindingStatsModel>('FindingStats').implement({
  description: 'How many findings there are, and of what kinds; most first.',
  extensions: { side: 'CLOUD' },
  fields: (t) => ({
    total: t.exposeInt('total', { description: 'Number of findings in any state.' }),
    byStatus: t.expose('byStatus', { type: [Count], description: "By status, in the upstream's words; all findings." }),
    bySeverity: t.expose('bySeverity', {
      type: [Count],
      description: "By severity, in the upstream's words; self-hosted servers count open findings only.",
    }),
    byType: t.expose('byType', {
      type: [Count],
      description: 'By type; self-hosted servers count open findings only.',
    }),
  }),
});

export const finding = defineEntity(Finding, {
  description: 'Something that a scan found worth a look: waste, a risk, a certificate about to expire.',
  side: 'CLOUD',
  node: { load: findingById, price: perParent('CLOUD', 1) },
  naturalKeys: {},
  fields: (t) => ({
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
    resolvedAt: dateOrNull(t, 'resolvedAt', 'When it was resolved.'),
    snoozedUntil: dateOrNull(t, 'snoozedUntil', 'Until when it is put off.'),
    firstDetectedAt: dateOrNull(t, 'firstDetectedAt', 'When a scan first found it.'),
    lastDetectedAt: dateOrNull(
      t,
      'lastDetectedAt',
      'When a scan last found it. Older than the last scan of its account: not confirmed by that.',
    ),
    detectionCount: t.exposeInt('detectionCount', {
      description: 'How often it was found; some types count several times per scan.',
    }),
    ...recordDates(t),
    source: sourceField(t),
    resource: t.field(
      reference(Resource, {
        description: 'The resource it is about; null when it is about a certificate, or the resource is gone.',
        price: byId('CLOUD', 'resources'),
        ref: ({ source, resourceId: id }: FindingModel) => (id ? { source, id } : null),
        load: (context, ref, { accountId }) => resourceOfAccount(context, { ...ref, accountId }),
      }),
    ),
    certificate: t.field({
      type: Certificate,
      nullable: true,
      description: 'The certificate it is about. One upstream request per certificate.',
      extensions: { price: unlessNamed(REFERENCE_FIELDS, perParent('CLOUD', 1)) },
      resolve: (finding, _, context, info) => {
        const { source, certificateId: id } = finding;
        const named = id && referenceTo<CertificateModel>({ type: 'Certificate', source, id }, info);
        return named || certificateOfFinding(context, finding);
      },
    }),
    account: accountField(t, 'The AWS account it was found in.'),
    lastScan: t.field(
      reference(Scan, {
        description: 'The last scan that found it; null when the upstream does not say, or has forgotten the scan.',
        price: together(fromWholeSet('CLOUD', 'recent scans'), fromWholeSet('CLOUD', 'active scans')),
        ref: ({ source, lastScanId: id }: FindingModel) => (id ? { source, id } : null),
        load: (context, ref) => scanById(context).load(ref),
      }),
    ),
  }),
  query: 'finding',
  queries: (t) => ({
    findings: pagedField(t, FindingConnection, {
      description: 'Findings of all sources, in source order; newest first within each source.',
      price: withResources(withSeverities((apart) => listPage('CLOUD', 'findings', apart, findingsFromIndex))),
      args: {
        filter: t.arg({ type: FindingFilter, description: 'Which findings are wanted.' }),
        orderBy: t.arg({ type: FindingOrder, description: 'Their order.' }),
      },
      list: (_, { filter, orderBy }, context, info) => findingList(context, info, filter, undefined, orderBy),
    }),
  }),
  queriesOfNow: (t) => ({
    findingStats: t.field({
      type: FindingStats,
      nullable: true,
      description: 'Counts of findings. One upstream request per source.',
      extensions: { price: STATISTICS },
      args: { source: t.arg.string({ description: 'Only of this source, by its name; all together when left out.' }) },
      resolve: async (_, { source }, context, info) =>
        mergedFindingStats(
          await everySource(
            context,
            info,
            narrowSources(context, context.sources.cloud, source),
            async ({ client }) => [await client.findingStats(context.scope)],
          ),
        ),
    }),
  }),
});
