import { hasIndex } from '../../api/has-index.ts';
import { Meter } from '../../components/meter.tsx';
import { Moment } from '../../components/moment.tsx';
import { countedText, countText, percentText } from '../../text/amounts.ts';
import { durationText } from '../../text/times.ts';
import { secondsLeft } from './index-progress.ts';
import type { WatchedSource } from './use-sources.ts';

const HEALTH = {
  OK: ['good', 'answers'],
  DEGRADED: ['warning', 'answers in part'],
  UNAUTHORIZED: ['bad', 'refuses its key'],
  UNAVAILABLE: ['bad', 'does not answer'],
  UNKNOWN: ['', 'not asked yet'],
} as const;

const PRODUCTS = { SCANORBIT: ['ScanOrbit', 'cloud'], SCANOPY: ['Scanopy', 'network'] } as const;

/** Health, allowance and index of one source. */
export const SourceCard = ({ source }: { readonly source: WatchedSource }) => {
  const { name, kind, health, lastError, serverVersion, budget } = source;
  const [tone, word] = HEALTH[health];
  const [product, side] = PRODUCTS[kind];
  // The rest of the limit is kept back: all there is for use is there when nothing was used.
  const share = budget.resetAt === null ? 1 : budget.remaining / budget.limit;
  return (
    <li className="panel source-card">
      <header>
        <h3>{name}</h3>
        <span className={`chip ${tone}`}>{word}</span>
      </header>
      <p className="quiet">
        <span className={`chip ${side}`}>{product}</span> {serverVersion ?? 'version unknown'}
      </p>
      {lastError && health !== 'OK' && <p className="source-error">{lastError}</p>}
      <Meter
        label="Requests left"
        share={share}
        text={`${countText(budget.remaining)} of ${countText(budget.limit)} in ${durationText(budget.windowSeconds)}`}
        tone={share > 0.25 ? 'accent' : 'warning'}
      />
      {budget.remaining === 0 && budget.resetAt && (
        <p className="quiet">
          Whole again <Moment at={budget.resetAt} />
          {budget.queued > 0 && `; ${countedText(budget.queued, 'call')} waiting`}
        </p>
      )}
      <IndexState source={source} />
    </li>
  );
};

const IndexState = ({ source }: { readonly source: WatchedSource }) => {
  if (!hasIndex(source)) return <p className="quiet">No index: lists are read when asked for.</p>;
  const { index, readings } = source;
  const left = secondsLeft(readings);
  const isWhole = index.coverage === 1;
  return (
    <>
      <Meter
        label="Index"
        share={index.coverage}
        text={isWhole ? `complete, ${countedText(index.records, 'record')}` : percentText(index.coverage)}
        tone={isWhole ? 'good' : 'accent'}
      />
      <p className="quiet">
        {isWhole && index.completedAt && (
          <>
            Read <Moment at={index.completedAt} />
          </>
        )}
        {!isWhole && (left === null ? 'Reading; the time left is not known yet' : `About ${durationText(left)} left`)}
        {index.missingRows > 0 && `; ${countedText(index.missingRows, 'row')} not shown by the source`}
      </p>
    </>
  );
};
