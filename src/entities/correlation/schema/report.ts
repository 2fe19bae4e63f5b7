import { Count } from '#entities/resource/ref.ts';
import { defineFields } from '#graphql/define-entity.ts';
import { correlationReport as readReport } from '../loaders.ts';
import { CorrelationReport, InactiveRule } from '../ref.ts';

InactiveRule.implement({
  description: 'A rule that cannot work with what the upstreams report.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the rule.' }),
    needs: t.exposeString('needs', { description: 'What would have to be known.' }),
  }),
});

CorrelationReport.implement({
  description: 'How many hosts and cloud resources are linked, and why the others are not.',
  fields: (t) => ({
    linksByRule: t.expose('linksByRule', { type: [Count], description: 'Links by their strongest rule.' }),
    linksByConfidence: t.expose('linksByConfidence', { type: [Count], description: 'Links by confidence.' }),
    candidates: t.exposeInt('candidates', {
      description: 'Pairs that are too weak, or not the only ones, to count as links.',
    }),
    unmatchedCloud: t.expose('unmatchedCloud', { type: [Count], description: 'Reasons of resources without a host.' }),
    unmatchedNetwork: t.expose('unmatchedNetwork', {
      type: [Count],
      description: 'Reasons of hosts without a resource.',
    }),
    inactiveRules: t.expose('inactiveRules', {
      type: [InactiveRule],
      description: 'Rules that cannot work: while there are any, a missing link proves nothing.',
    }),
    rulesetVersion: t.exposeString('rulesetVersion', {
      description: 'Version of the rules. Links found under different versions are not comparable.',
    }),
  }),
});

export const correlationReport = defineFields({
  queries: (t) => ({
    correlationReport: t.field({
      type: CorrelationReport,
      nullable: true,
      description:
        'How many hosts and cloud resources are linked, by rule; the reasons of those that are not; rules that lack data.',
      resolve: (_, __, context, info) => readReport(context, info),
    }),
  }),
});
