import { Menu } from '../../components/menu.tsx';
import type { DependencyKind } from '../../gql/graphql.ts';
import { wordsOf } from '../../text/amounts.ts';

const ALL = [
  'ATTACHED_TO',
  'CALLS',
  'CONTAINED_IN',
  'CONTAINERIZED_BY',
  'DEPENDS_ON',
  'ENCRYPTED_BY',
  'LINKED_TO',
  'LOGS_OF',
  'MEMBER_OF_HUB',
  'MONITORS',
  'OBSERVED_AS',
  'OTHER',
  'OWNS',
  'PART_OF',
  'PROTECTED_BY',
  'ROUTES_TO',
  'RUNS_AS',
  'RUNS_ON',
  'USES',
  'VIRTUALIZED_BY',
] as const satisfies readonly DependencyKind[];

/** What the walk is limited to; undefined where nothing is hidden. */
export const shownKinds = (hidden: readonly DependencyKind[]): readonly DependencyKind[] | null =>
  hidden.length === 0 ? null : ALL.filter((kind) => !hidden.includes(kind));

export interface KindFilterProps {
  /** Of the arrows in the picture. */
  readonly present: ReadonlySet<DependencyKind>;
  readonly hidden: readonly DependencyKind[];
  readonly onChange: (hidden: readonly DependencyKind[]) => void;
}

/** Which relations are walked along. It offers those that the picture has, and those that were taken out of it. */
export const KindFilter = ({ present, hidden, onChange }: KindFilterProps) => (
  <Menu label={hidden.length > 0 ? `Relations (${hidden.length} hidden)` : 'Relations'}>
    {ALL.filter((kind) => present.has(kind) || hidden.includes(kind)).map((kind) => (
      <label key={kind} className="check">
        <input
          type="checkbox"
          checked={!hidden.includes(kind)}
          onChange={({ target }) =>
            onChange(target.checked ? hidden.filter((other) => other !== kind) : [...hidden, kind])
          }
        />{' '}
        {wordsOf(kind)}
      </label>
    ))}
  </Menu>
);
