import { relativeText } from '../text/times.ts';

/** A point in time as people say it; the exact one is its title. */
export const Moment = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={new Date(at).toLocaleString()}>
    {relativeText(at)}
  </time>
);
