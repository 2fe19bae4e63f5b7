import { getOrMake } from '#lib/get-or-make.ts';
import type { CloudFacts } from './cloud-facts.ts';
import { type Finding, reportInto } from './findings.ts';
import { distinct, type Groups, groupBy, removeFrom } from './group-by.ts';
import type { HostFacts } from './host-facts.ts';
import type { Scope } from './network-scope.ts';
import type { Rule } from './rule.ts';

/** Takes what a rule says now, and what it no longer says. */
export interface Findings {
  add(finding: Finding): void;
  retract(finding: Finding): void;
}

const NONE: readonly never[] = [];

/** A rule with everything by its keys, and what it said of each key. Only keys of what changed are compared again. */
export class KeyedRule {
  readonly #rule: Rule;
  readonly #hosts: Groups<HostFacts>;
  readonly #resources = new Map<string, Set<CloudFacts>>();
  readonly #said = new Map<string, readonly Finding[]>();
  /** Keys to compare. */
  readonly #stale: Set<string>;

  constructor(rule: Rule, hosts: readonly HostFacts[]) {
    this.#rule = rule;
    this.#hosts = groupBy(hosts, (facts) => distinct(rule.hostKeys(facts)));
    this.#stale = new Set(rule.readsAlone === 'HOSTS' ? this.#hosts.keys() : NONE);
  }

  /** Whether resources of a service may have keys. */
  reads(service: string): boolean {
    const { services, readsAlone } = this.#rule;
    return (this.#hosts.size > 0 || readsAlone === 'RESOURCES') && (services?.includes(service) ?? true);
  }

  put(facts: CloudFacts): void {
    for (const key of this.#rule.resourceKeys(facts)) {
      if (!this.#isRead(key)) continue;
      getOrMake(this.#resources, key, () => new Set()).add(facts);
      this.#stale.add(key);
    }
  }

  drop(facts: CloudFacts): void {
    for (const key of this.#rule.resourceKeys(facts)) if (removeFrom(this.#resources, key, facts)) this.#stale.add(key);
  }

  /** What the scope says of it has changed. */
  compareAgain(facts: CloudFacts): void {
    for (const key of this.#rule.resourceKeys(facts)) if (this.#isRead(key)) this.#stale.add(key);
  }

  compareAllAgain(): void {
    for (const key of this.#resources.keys()) this.#stale.add(key);
  }

  run(scope: Scope, findings: Findings): void {
    for (const key of this.#stale) {
      const said = this.#compare(key, scope);
      for (const finding of this.#said.get(key) ?? NONE) findings.retract(finding);
      for (const finding of said) findings.add(finding);
      if (said.length > 0) this.#said.set(key, said);
      else this.#said.delete(key);
    }
    this.#stale.clear();
  }

  #compare(key: string, scope: Scope): readonly Finding[] {
    const [hosts, resources] = [this.#hosts.get(key) ?? NONE, [...(this.#resources.get(key) ?? NONE)]];
    if (resources.length === 0 && this.#rule.readsAlone !== 'HOSTS') return NONE;
    const said: Finding[] = [];
    this.#rule.compare({ key, hosts, resources }, scope, reportInto(said, this.#rule));
    return said;
  }

  #isRead(key: string): boolean {
    return this.#rule.readsAlone === 'RESOURCES' || this.#hosts.has(key);
  }
}
