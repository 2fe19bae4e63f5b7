import { getOrMake } from '#lib/get-or-make.ts';
import type { Candidate } from './candidate.ts';
import type { Verdict } from './judge.ts';

/** Other pairs that claim the same slot as a pair. */
export interface Conflict {
  readonly count: number;
  /** The strongest of the others: a pair that outranks this one outranks them all. */
  readonly strongest: Verdict;
}

interface Slot {
  readonly claims: Set<Candidate>;
  /** The two strongest. */
  first: Candidate | null;
  second: Candidate | null;
}

/**
 * Who claims what can be filled once: "the machine that this host is" by one resource, "the host that this resource is" by one host in
 * each network that reaches it. A host fills one slot for a machine and one for a network interface, but any number of Elastic IPs,
 * since it may have several addresses.
 */
export class Slots {
  readonly #slots = new Map<string, Slot>();
  readonly #changed = new Set<Slot>();

  claim(candidate: Candidate): void {
    for (const key of candidate.slots) {
      const slot = getOrMake(this.#slots, key, (): Slot => ({ claims: new Set(), first: null, second: null }));
      slot.claims.add(candidate);
      this.#changed.add(slot);
    }
  }

  leave(candidate: Candidate): void {
    for (const key of candidate.slots) {
      const slot = this.#slots.get(key);
      if (!slot?.claims.delete(candidate)) continue;
      if (slot.claims.size === 0) this.#slots.delete(key);
      this.#changed.add(slot);
    }
  }

  /** Everybody with a claim to a slot of which the claims changed since this was last asked. */
  settle(): readonly Candidate[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const slot of changed) [slot.first = null, slot.second = null] = [...slot.claims].sort(byStrength);
    return changed.flatMap(({ claims }) => [...claims]);
  }

  conflictsOf(candidate: Candidate): readonly Conflict[] {
    return candidate.slots.flatMap((key) => {
      const slot = this.#slots.get(key);
      const strongest = (slot?.first === candidate ? slot.second : slot?.first)?.verdict;
      return slot?.claims.has(candidate) && strongest ? { count: slot.claims.size - 1, strongest } : [];
    });
  }
}

const byStrength = ({ verdict: a }: Candidate, { verdict: b }: Candidate): number =>
  Number(b?.isManual) - Number(a?.isManual) || (b?.score ?? 0) - (a?.score ?? 0);
