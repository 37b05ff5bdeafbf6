import { normaliseName } from '../plan/normalise-name.ts';

/** What no price may depend on, as senders call it; case and separators do not count. */
const attributes = [
  'age', 'age group', 'age band', 'birth date', 'birthday', 'date of birth', 'birth year', 'gender', 'sex', 'race',
  'ethnicity', 'ethnic group', 'colour', 'color', 'nationality', 'national origin', 'citizenship', 'religion', 'belief',
  'disability', 'health', 'pregnancy', 'maternity', 'marital status', 'family status', 'sexual orientation',
  'gender identity', 'political opinion', 'trade union', 'genetic data',
  '年龄', '年龄段', '生日', '性别', '民族', '种族', '国籍', '宗教', '宗教信仰', '残疾', '健康', '婚姻状况', '怀孕', '性取向',
] as const; // prettier-ignore

const known: ReadonlySet<string> = new Set(attributes.map(normaliseName));

/** Whether an attribute says something that must not decide what a customer pays. */
export function isProtectedAttribute(name: string): boolean {
  return known.has(normaliseName(name));
}
