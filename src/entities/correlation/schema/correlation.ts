import { Certificate } from '#entities/certificate/ref.ts';
import { Asset, Confidence } from '#entities/dependency/ref.ts';
import { Host } from '#entities/host/ref.ts';
import { Resource } from '#entities/resource/ref.ts';
import { existingAsset } from '#graphql/assets.ts';
import { builder } from '#graphql/builder.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { entitiesOf } from '#graphql/entity.ts';
import { pagedField } from '#graphql/fields.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import { arrayList } from '#lib/sliced-list.ts';
import { allCorrelations, correlationsOf, unmatchedAssets, usesOfCertificate } from '../loaders.ts';
import { CertificateUse, Correlation, Evidence, InventorySide, Unmatched } from '../ref.ts';

Evidence.implement({
  description: 'One thing that speaks for a host and a resource being the same.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Name of the rule that found it, e.g. `instance-id-name`.' }),
    detail: t.exposeString('detail', { description: 'One sentence with what was read on both sides.' }),
  }),
});

Correlation.implement({
  description:
    'A host on a network and a cloud resource that are the same thing, with the evidence. The two records stay apart.',
  fields: (t) => ({
    host: t.field({
      type: Host,
      description: 'The host as the network sees it.',
      resolve: ({ host }, _, context, info) => existingAsset(context, entitiesOf(info.schema), host),
    }),
    resource: t.field({
      type: Resource,
      description: 'The resource as the cloud account lists it.',
      resolve: ({ resource }, _, context, info) => existingAsset(context, entitiesOf(info.schema), resource),
    }),
    confidence: t.expose('confidence', {
      type: Confidence,
      description: 'How sure the link is. Walking the graph follows CERTAIN and HIGH ones.',
    }),
    rule: t.exposeString('rule', { description: 'Name of the rule with the strongest evidence.' }),
    evidence: t.expose('evidence', {
      type: [Evidence],
      description: 'Everything that speaks for it, strongest first.',
    }),
  }),
});

Unmatched.implement({
  description: 'An asset without a counterpart on the other side, and why.',
  fields: (t) => ({
    asset: t.field({
      type: Asset,
      description: 'The asset.',
      resolve: ({ asset }, _, context, info) => existingAsset(context, entitiesOf(info.schema), asset),
    }),
    reasons: t.exposeStringList('reasons', {
      description:
        'Codes, at least one: `NO_KEY_ON_CLOUD_SIDE` (the cloud record carries nothing a network could see, the usual case), `NOT_IN_CLOUD_INVENTORY` (an AWS id was read on the network, and no account has it), `AMBIGUOUS(n)`, `CONTRADICTION(field)`, `GENERIC_NAME`, `EXCLUDED_ADDRESS`, `SOURCE_INCOMPLETE(source)` and others.',
    }),
  }),
});

CertificateUse.implement({
  description: 'A host that answers under a name that a certificate covers.',
  fields: (t) => ({
    host: t.field({
      type: Host,
      description: 'The host.',
      resolve: ({ host }, _, context, info) => existingAsset(context, entitiesOf(info.schema), host),
    }),
    confidence: t.expose('confidence', { type: Confidence, description: 'How sure it is.' }),
    detail: t.exposeString('detail', { description: 'Which name of the host the certificate covers.' }),
  }),
});

const CorrelationConnection = connectionType('Correlation', Correlation);
const UnmatchedConnection = connectionType('Unmatched', Unmatched);

builder.objectField(Host, 'resources', (t) =>
  t.field({
    type: [Correlation],
    nullable: true,
    description:
      'The cloud resources this host is, with evidence, surest first. Read from the index at no cost. Null, with an error, while the index has not read what it needs: unknown is not "none".',
    resolve: (host, _, context, info) => correlationsOf(context, info, host),
  }),
);

builder.objectField(Resource, 'hosts', (t) =>
  t.field({
    type: [Correlation],
    nullable: true,
    description:
      'The hosts on networks that are this resource, with evidence, surest first. Read from the index at no cost. Null, with an error, while the index has not read what it needs: unknown is not "none".',
    resolve: (resource, _, context, info) => correlationsOf(context, info, resource),
  }),
);

builder.objectField(Certificate, 'servedBy', (t) =>
  t.field({
    type: [CertificateUse],
    nullable: true,
    description: 'Hosts on networks that answer under a name it covers. Read from the index.',
    resolve: (certificate, _, context, info) => usesOfCertificate(context, info, certificate),
  }),
);

export const correlation = defineFields({
  queries: (t) => ({
    correlations: pagedField(t, CorrelationConnection, {
      description: 'All pairs of hosts and resources that are the same thing, from the index.',
      args: {
        minConfidence: t.arg({
          type: Confidence,
          description: 'Only links at least this sure; LOW adds candidates that do not count as links. Default MEDIUM.',
        }),
      },
      list: (_, { minConfidence }, context, info) =>
        arrayList(() => allCorrelations(context, info, minConfidence ?? 'MEDIUM')),
    }),
    unmatched: pagedField(t, UnmatchedConnection, {
      description:
        'What is on the network but in no account, or in an account but seen on no network, each with the reasons.',
      args: {
        side: t.arg({
          type: InventorySide,
          required: true,
          description: 'Whose assets: resources (CLOUD) or hosts (NETWORK).',
        }),
        reason: t.arg.string({
          description:
            'Only those with this code, e.g. `NOT_IN_CLOUD_INVENTORY`; `AMBIGUOUS` finds `AMBIGUOUS(2)`, too.',
        }),
      },
      list: (_, { side, reason }, context, info) => unmatchedAssets(context, info, side, reason),
    }),
  }),
});
