import type { AlertRule, TriedBy } from './alert-rule.ts';
import { runbookFolder, type AlertGroups } from './render-alert-rules.ts';

const generated = '<!-- Written by `npm run docs:generate` from observability/alerts; do not edit by hand. -->';

/** One page per alert, and the list of them. */
export function renderRunbook(groups: AlertGroups): { readonly path: string; readonly text: string }[] {
  const pages = Object.values(groups)
    .flat()
    .map((rule) => ({ path: `${runbookFolder}/${rule.name}.md`, text: renderPage(rule) }));
  return [{ path: `${runbookFolder}/README.md`, text: renderList(groups) }, ...pages];
}

function renderPage(rule: AlertRule): string {
  const { name, severity, team, holds, expr, description, check, fix } = rule;
  return [
    `# ${name}`,
    generated,
    `${plain(rule.summary.en)}. ${plain(rule.summary.zhCN)}。`,
    `Severity \`${severity}\`, for team \`${team}\`; fires ${holds === '0m' ? 'at once' : `after ${holds}`}.`,
    '```promql\n' + expr + '\n```',
    `## What it means\n\n${plain(description.en)}\n\n${plain(description.zhCN)}`,
    `## How to check\n\n${numbered(check)}`,
    `## What to do\n\n${numbered(fix)}`,
    `## How this page was tried\n\n${howTried(rule.tried)}`,
  ].join('\n\n');
}

function howTried(tried: TriedBy): string {
  return 'test' in tried
    ? `\`${tried.test}\` causes the fault (${tried.fault}) and expects the alert to fire and to resolve, on a faster clock.`
    : `Not by causing the fault: ${tried.notHere}. Its promtool cases show when it fires and when not.`;
}

function renderList(groups: AlertGroups): string {
  const rows = Object.entries(groups).flatMap(([group, rules]) =>
    rules.map(
      ({ name, severity, team, summary, tried }) =>
        `| [${name}](${name}.md) | ${group} | ${severity} | ${team} | ${plain(summary.en)} | ${'test' in tried ? 'yes' : 'no'} |`,
    ),
  );
  const intro =
    'One page per alert of the rules in `observability/prometheus/rules`: what it means, how to check, what to do. ' +
    '"Tried" says whether a test causes the fault and sees the alert fire and resolve; the page says how, or why not.';
  const head = '| alert | group | severity | team | says | tried |\n|---|---|---|---|---|---|';
  return ['# Runbook', generated, intro, `${head}\n${rows.join('\n')}`].join('\n\n');
}

/** Templates as a reader takes them: the label's name, or "the value". */
function plain(text: string): string {
  return text.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, '_$1_').replaceAll(/\{\{ \$value[^}]*\}\}/g, '_value_');
}

function numbered(steps: readonly string[]): string {
  return steps.map((step, index) => `${index + 1}. ${step}`).join('\n');
}
