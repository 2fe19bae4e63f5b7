import type { BarRow } from '../../components/bars.tsx';
import { MOST_ROWS } from '../../components/chart.tsx';
import { countText, moneyText, wordsOf } from '../../text/amounts.ts';

interface Group {
  readonly count: number;
  readonly keys: readonly { readonly value: string | null; readonly label: string }[];
}

interface Counted {
  readonly key: string;
  readonly count: number;
}

interface CostGroup extends Group {
  readonly monthlyCost: string | null;
}

/** Two values may look alike to people. */
const namesOf = ({ keys }: Group) => ({
  id: JSON.stringify(keys.map(({ value }) => value)),
  // The word for no value may be a value of other records.
  label: keys.map(({ value, label }) => (value === null && label === 'unknown' ? 'no value' : label)).join(', '),
});

/** Groups as bars of their counts. */
export const countRows = (groups: readonly Group[], color: string): readonly BarRow[] =>
  groups.slice(0, MOST_ROWS).map((group) => ({
    ...namesOf(group),
    value: group.count,
    text: countText(group.count),
    color,
  }));

/** Groups as bars of what they cost; those that cost nothing are left out. */
export const costRows = (groups: readonly CostGroup[], color: string): readonly BarRow[] =>
  groups
    .map((group) => ({ ...namesOf(group), value: Number(group.monthlyCost ?? 0) }))
    .filter(({ value }) => value > 0)
    .slice(0, MOST_ROWS)
    .map((row) => ({ ...row, text: moneyText(row.value), color }));

/** Counts by severity in the colours of these, worst first; words that are not known last. */
export const severityRows = (counts: readonly Counted[]): readonly BarRow[] =>
  counts
    .map(({ key, count }) => ({ severity: key.toLowerCase(), count }))
    .sort((a, b) => placeOf(a.severity) - placeOf(b.severity))
    .map(({ severity, count }) => ({
      id: severity,
      label: severity,
      value: count,
      text: countText(count),
      color: SEVERITIES.includes(severity) ? severity : 'quiet',
    }));

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'trivial'];

/** After all of these for a word that is none of them. */
const placeOf = (severity: string): number =>
  (SEVERITIES.indexOf(severity) + SEVERITIES.length + 1) % (SEVERITIES.length + 1);

/** Counts in the words of an upstream as bars. */
export const countedRows = (counts: readonly Counted[], color: string): readonly BarRow[] =>
  counts.slice(0, MOST_ROWS).map(({ key, count }) => ({
    id: key,
    label: key === '' ? 'none' : wordsOf(key),
    value: count,
    text: countText(count),
    color,
  }));

/** Groups of types of findings, in words. */
export const typeRows = (groups: readonly Group[]): readonly BarRow[] =>
  countRows(groups, 'quiet').map((row) => ({ ...row, label: wordsOf(row.label) }));
