import { currencyExponent, minorPerMajor } from '../../events/money.ts';
import type { KpiUnit } from '../kpi-definition.ts';

export type ReportLanguage = 'en' | 'zh-CN';

interface Format {
  readonly currency: string;
  readonly language: ReportLanguage;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** A value of a KPI as people read it: `85.2 %`, `88.4`, `CNY 120.50`, `5 h 12 min`. */
export function formatKpiValue(value: number, unit: KpiUnit, { currency, language }: Format): string {
  switch (unit) {
    case 'share':
      return `${fixed(value * 100, 1)} %`;
    case 'ratio':
      return fixed(value, 2);
    case 'index':
    case 'net-score':
      return fixed(value, 1);
    case 'money':
      return formatMoney(value, currency);
    case 'milliseconds':
      return formatDuration(value, language);
    case 'days':
      return `${fixed(value, 1)} ${language === 'en' ? 'd' : '天'}`;
    case 'years':
      return `${fixed(value, 1)} ${language === 'en' ? 'y' : '年'}`;
    case 'bytes':
      return formatBytes(value);
    case 'count':
      return fixed(value, Number.isInteger(value) ? 0 : 1);
  }
}

/** Minor units, whole or not, as `CNY 1234.50`. */
export function formatMoney(minor: number, currency: string): string {
  const exponent = currencyExponent(currency) ?? 2;
  return `${currency} ${fixed(minor / minorPerMajor(exponent), exponent)}`;
}

function formatDuration(ms: number, language: ReportLanguage): string {
  const [hour, minute, second] = language === 'en' ? ['h', 'min', 's'] : ['小时', '分', '秒'];
  if (Math.abs(ms) < minuteMs) return `${fixed(ms / 1000, 1)} ${second}`;
  const minutes = Math.round(Math.abs(ms) / minuteMs);
  const sign = ms < 0 ? '-' : '';
  const hours = Math.floor((minutes * minuteMs) / hourMs);
  return hours === 0 ? `${sign}${minutes} ${minute}` : `${sign}${hours} ${hour} ${minutes % 60} ${minute}`;
}

function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(bytes) || 1) / 10)));
  return `${fixed(bytes / 1024 ** power, power === 0 ? 0 : 1)} ${units[power]}`;
}

/** Without a minus before nothing. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}
