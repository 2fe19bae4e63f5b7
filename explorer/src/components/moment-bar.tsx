import { useQuery } from 'urql';
import { addressAt } from '../api/moment.ts';
import { graphql } from '../gql/index.ts';
import { durationText } from '../text/times.ts';
import { MomentForm } from './moment-form.tsx';
import { Problems } from './problems.tsx';

const KnownOfMoment = graphql(`
  query KnownOfMoment($time: DateTime!) {
    asOf(time: $time) { readings { source time isComplete } }
    sources { name }
  }
`);

/** Says above every view that it shows the past, what it rests on, and the way back. */
export const MomentBar = ({ time }: { readonly time: string }) => {
  const [{ data, error }, repeat] = useQuery({ query: KnownOfMoment, variables: { time } });
  const readings = data?.asOf?.readings ?? [];
  const unread = (data?.sources ?? []).filter(({ name }) => !readings.some(({ source }) => source === name));
  return (
    <section className="moment-bar" aria-label="Moment of the past">
      <p>
        <strong>
          The past: as it was on <time dateTime={time}>{new Date(time).toLocaleString()}</time>
        </strong>
      </p>
      {data?.asOf && (
        <ul>
          {readings.map((reading) => (
            <li key={reading.source}>
              {reading.source} as read {durationText((Date.parse(time) - Date.parse(reading.time)) / 1000)} before
              {!reading.isComplete && <strong>, not all of it: what is missing here may have been there</strong>}
            </li>
          ))}
          {unread.map(({ name }) => (
            <li key={name}>
              {name} <strong>had not been read yet: nothing is known of it</strong>
            </li>
          ))}
        </ul>
      )}
      <div className="moment-ways">
        <MomentForm time={time} />
        <a className="button" href={addressAt(null)}>
          Back to now
        </a>
      </div>
      {error && <Problems error={error} hasData={false} onRetry={() => repeat({ requestPolicy: 'network-only' })} />}
    </section>
  );
};
