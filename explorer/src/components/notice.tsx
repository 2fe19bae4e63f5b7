import type { ReactNode } from 'react';

export interface NoticeProps {
  readonly tone: 'stale' | 'partial' | 'spent' | 'refused' | 'failed';
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** One remark above what it is about. What failed interrupts a screen reader; the rest waits for its turn. */
export const Notice = ({ tone, title, children, action }: NoticeProps) => (
  <section className={`notice ${tone}`} role={tone === 'failed' || tone === 'refused' ? 'alert' : 'status'}>
    <div>
      <strong>{title}</strong> {children}
    </div>
    {action}
  </section>
);
