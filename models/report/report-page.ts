/** One plot of a report, with the numbers it draws. */
export interface ReportChart {
  readonly title: string;
  /** How to read it, and what it was made from. */
  readonly caption: string;
  readonly kind: 'diagonal' | 'line' | 'bars';
  readonly x: { readonly title: string; readonly domain?: readonly [number, number] };
  readonly y: { readonly title: string; readonly domain?: readonly [number, number] };
  /** Points of `diagonal` and `line`, bars of `bars` (`name` down, `y` across); `series` names what a point belongs to. */
  readonly points: readonly {
    readonly x?: number;
    readonly name?: string;
    readonly y: number;
    readonly series: string;
  }[];
}

/** A report as data; `renderReport` makes the page of it. */
export interface ReportPage {
  readonly title: string;
  readonly introduction: string;
  /** Figures by name, as the manifest names them. */
  readonly figures: Readonly<Record<string, number>>;
  readonly charts: readonly ReportChart[];
  /** What the reader should know besides. */
  readonly notes: readonly string[];
}
