/** What an import tells, in words. */
import { t } from '../i18n';
import type { FactChange, ImportIssue, ImportTarget } from './types';

export function issueWords(issue: ImportIssue): string {
  const { kind, what } = issue;
  if (kind === 'nothing') return t('book.issue_nothing');
  if (kind === 'duplicate') return t('book.issue_duplicate', { what, other: issue.other ?? '' });
  return t(`book.issue_${kind}`, { what });
}

export function targetWords(target: ImportTarget, name: string): string {
  return target === 'new_field' ? t('book.to_new_field', { name }) : t(`book.to_${target}`);
}

export function factWords(fact: FactChange): string {
  const what = fact.name || targetWords(fact.what, fact.name);
  return fact.before
    ? t('book.fact_was', { what, after: fact.after, before: fact.before })
    : t('book.fact', { what, after: fact.after });
}
