import type { ReactNode } from 'react';

export interface Figure {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** The few numbers that matter, large. */
export const Figures = ({ of }: { readonly of: readonly Figure[] }) => (
  <dl className="figures">
    {of.map(({ label, value, note }) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
        {note && <dd className="quiet">{note}</dd>}
      </div>
    ))}
  </dl>
);
