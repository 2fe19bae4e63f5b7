import { getOrMake } from '#lib/get-or-make.ts';
import type { Candidate } from './candidate.ts';
import type { CloudFacts } from './cloud-facts.ts';
import { Correlated } from './correlated.ts';
import type { NetworkMapping } from './correlation.ts';
import { Decisions } from './decisions.ts';
import type { CodeFinding, Finding } from './findings.ts';
import type { HostFacts } from './host-facts.ts';
import { KeyedRule } from './keyed-rule.ts';
import { NatAddresses } from './nat-addresses.ts';
import { createScope, mappingsOf, networkKey, type Scope } from './network-scope.ts';
import type { RuleSettings } from './rule.ts';
import { anchorRules, furtherRules } from './ruleset.ts';
import { type Gaps, isAddressable, isHost, UnmatchedReasons } from './unmatched.ts';

/** What stays the same while resources change: with other hosts or rules everything is correlated from nothing. */
export interface CorrelatorSettings extends RuleSettings {
  readonly gaps: Gaps;
}

type End = HostFacts | CloudFacts;

/**
 * Decides which hosts are which resources. After resources changed, only what shares a key with them is compared and decided anew, and
 * what was only seen again is judged anew; the result is the same as from nothing. Other hosts, tags, certificates, rules, or another set
 * of sources begin it from nothing.
 *
 * It works in two passes. The anchor rules need no knowledge of networks; the links they make show which VPC each network
 * belongs to. With that mapping the other rules can compare private addresses and names, which repeat between networks.
 */
export class Correlator {
  readonly #settings: CorrelatorSettings;
  readonly #networks: ReadonlyMap<string, HostFacts>;
  readonly #anchorRules: readonly KeyedRule[];
  readonly #furtherRules: readonly KeyedRule[];
  readonly #rulesByService = new Map<string, readonly KeyedRule[]>();
  readonly #nat = new NatAddresses();
  /** By the anchor rules alone. */
  readonly #anchorDecisions = new Decisions();
  readonly #anchors = new Set<Candidate>();
  readonly #decisions = new Decisions();
  readonly #codes = new Map<End, Set<CodeFinding>>();
  readonly #reasons: UnmatchedReasons;
  readonly #addressable = new Set<CloudFacts>();
  /** What may be unmatched for other reasons than before. */
  readonly #changed: Set<End>;
  #mappings: readonly NetworkMapping[] = [];
  #scope: Scope = this.#scopeOf([]);
  readonly found = new Correlated();

  constructor(settings: CorrelatorSettings) {
    const { hosts, gaps, config } = settings;
    const keyed = (rule: ConstructorParameters<typeof KeyedRule>[0]) => new KeyedRule(rule, hosts);
    this.#settings = settings;
    this.#networks = new Map(hosts.map((facts) => [networkKey(facts.host), facts]));
    this.#anchorRules = anchorRules(settings).map(keyed);
    this.#furtherRules = furtherRules(settings).map(keyed);
    this.#reasons = new UnmatchedReasons(gaps, config);
    this.#changed = new Set(hosts);
  }

  get mappings(): readonly NetworkMapping[] {
    return this.#mappings;
  }

  put(facts: CloudFacts): void {
    for (const rule of this.#rulesFor(facts)) rule.put(facts);
    this.#compareAgain(this.#nat.put(facts));
    if (!isAddressable(facts)) return;
    this.#addressable.add(facts);
    this.#changed.add(facts);
  }

  drop(facts: CloudFacts): void {
    for (const rule of this.#rulesFor(facts)) rule.drop(facts);
    this.#compareAgain(this.#nat.drop(facts));
    if (this.#addressable.delete(facts)) this.#changed.add(facts);
  }

  /** It was only seen at another time. */
  seenAgain(facts: CloudFacts): void {
    this.#anchorDecisions.judgeAgain(facts);
    this.#decisions.judgeAgain(facts);
  }

  /** Brings what was found up to date. */
  settle(): Correlated {
    this.#settleAnchors();
    this.#run(this.#furtherRules, [this.#decisions]);
    for (const candidate of this.#decisions.settle()) {
      this.found.putDecided(candidate);
      this.#changed.add(candidate.facts).add(candidate.resource);
    }
    for (const end of this.#changed) this.found.putUnmatched(end, this.#reasonsOf(end));
    this.#changed.clear();
    this.found.settle();
    return this.found;
  }

  #settleAnchors(): void {
    this.#run(this.#anchorRules, [this.#anchorDecisions, this.#decisions]);
    for (const candidate of this.#anchorDecisions.settle()) {
      if (candidate.correlation?.status === 'LINKED') this.#anchors.add(candidate);
      else this.#anchors.delete(candidate);
    }
    const mappings = mappingsOf(this.#networks, this.#anchors, this.#settings.config);
    const isSame = JSON.stringify(mappings.map(vpcsOf)) === JSON.stringify(this.#mappings.map(vpcsOf));
    this.#mappings = mappings;
    if (isSame) return;
    this.#scope = this.#scopeOf(mappings);
    for (const rule of this.#furtherRules) rule.compareAllAgain();
    for (const end of [...this.#settings.hosts, ...this.#addressable]) this.#changed.add(end);
  }

  #run(rules: readonly KeyedRule[], decisions: readonly Decisions[]): void {
    const findings = {
      add: (finding: Finding) => {
        if (finding.about === 'PAIR') for (const of of decisions) of.add(finding);
        else if (finding.about === 'RELATION') this.found.putRelation(finding.relation);
        else {
          getOrMake(this.#codes, finding.end, () => new Set()).add(finding);
          this.#changed.add(finding.end);
        }
      },
      retract: (finding: Finding) => {
        if (finding.about === 'PAIR') for (const of of decisions) of.retract(finding);
        else if (finding.about === 'RELATION') this.found.removeRelation(finding.relation);
        else {
          const codes = this.#codes.get(finding.end);
          codes?.delete(finding);
          if (codes?.size === 0) this.#codes.delete(finding.end);
          this.#changed.add(finding.end);
        }
      },
    };
    for (const rule of rules) rule.run(this.#scope, findings);
  }

  #reasonsOf(end: End): ReturnType<UnmatchedReasons['of']> {
    if (!isHost(end) && !this.#addressable.has(end)) return null;
    return this.#reasons.of(end, this.#codes.get(end) ?? [], this.#decisions.of(end), this.#scope);
  }

  /** Their keys hold what they held, but the scope says something else of them. */
  #compareAgain(changed: readonly CloudFacts[]): void {
    for (const facts of changed) for (const rule of this.#rulesFor(facts)) rule.compareAgain(facts);
  }

  #scopeOf(mappings: readonly NetworkMapping[]): Scope {
    return createScope(mappings, (elasticIp) => this.#nat.isOfNat(elasticIp));
  }

  #rulesFor({ row: { service } }: CloudFacts): readonly KeyedRule[] {
    return getOrMake(this.#rulesByService, service, () =>
      [...this.#anchorRules, ...this.#furtherRules].filter((rule) => rule.reads(service)),
    );
  }
}

/** What rules read of a mapping. */
const vpcsOf = ({ source, networkId, vpcIds }: NetworkMapping) => [source, networkId, vpcIds];
