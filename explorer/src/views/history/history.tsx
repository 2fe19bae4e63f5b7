import { Link, useSearchParams } from 'react-router';
import { MOMENT } from '../../api/moment.ts';
import { MomentForm } from '../../components/moment-form.tsx';
import { Page } from '../../components/page.tsx';
import { Day } from './day.tsx';
import './history.css';
import { daysBefore, dayText } from './days.ts';

const DAYS = 7;

/** A time line: what each day brought, and the readings at which the inventory can be looked at. */
export const HistoryView = () => {
  const [query] = useSearchParams();
  const last = Number(query.get('back') ?? 0);
  const back = Number.isInteger(last) && last > 0 ? last : 0;
  const days = daysBefore(new Date(), back, DAYS);
  return (
    <Page title="History" tab="History">
      <p>
        What readings of the sources showed, by day, newest first. Between two readings nothing is known. Choose a
        moment to see everything as it was.
      </p>
      <MomentForm time={MOMENT} pathname="/explore/" />
      <ol className="days">
        {days.map((day) => (
          <Day key={day.until} day={day} />
        ))}
      </ol>
      <nav className="pages" aria-label="Weeks">
        {back > 0 && (
          <Link className="button" to={`?back=${Math.max(0, back - DAYS)}`}>
            Later
          </Link>
        )}
        <Link className="button" to={`?back=${back + DAYS}`}>
          Before {dayText(days.at(-1)?.since ?? '')}
        </Link>
      </nav>
    </Page>
  );
};
