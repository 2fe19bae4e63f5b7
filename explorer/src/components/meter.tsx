import type { CSSProperties } from 'react';

export interface MeterProps {
  readonly label: string;
  /** 0–1. */
  readonly share: number;
  /** The value as people read it. */
  readonly text: string;
  readonly tone?: 'accent' | 'good' | 'warning' | 'bad';
}

/** How much of something there is. */
export const Meter = ({ label, share, text, tone = 'accent' }: MeterProps) => (
  <div className="meter">
    <p className="meter-text">
      <span className="quiet">{label}</span> <span>{text}</span>
    </p>
    {/* biome-ignore lint/a11y/useSemanticElements: the element <meter> cannot be coloured alike in all browsers. */}
    <div
      role="meter"
      aria-label={label}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={text}
      style={{ '--share': share, '--tone': `var(--${tone})` } as CSSProperties}
    />
  </div>
);
