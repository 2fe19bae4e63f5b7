import { Fragment, type ReactNode } from 'react';

/** Values by what they are called, in order; undefined is left out, null is shown as unknown. */
export type Facts = Readonly<Record<string, ReactNode>>;

/** Names and values below each other. */
export const FactsList = ({ facts }: { readonly facts: Facts }) => (
  <dl className="facts">
    {Object.entries(facts)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value === null || value === '' ? <span className="quiet">unknown</span> : value}</dd>
        </Fragment>
      ))}
  </dl>
);
