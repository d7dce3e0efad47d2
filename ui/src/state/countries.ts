/** Countries a business may be in; their names come from the system's own language data. */
const CODES =
  'AR AT AU BE BG BO BR CA CH CL CN CO CR CY CZ DE DK DO EC EE EG ES FI FR GB GR GT HK HR HU ID IE IL IN IS IT JP KE KR LT LU LV MA MX MY NG NL NO NZ PA PE PH PK PL PT PY RO RS SA SE SG SI SK TH TR TW UA US UY VE VN ZA';

export function countries(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return CODES.split(' ')
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}

/** The country of this computer's language setting, if it names one. */
export function homeCountry(language: string): string {
  const region = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/.exec(language)?.[1];
  return region && CODES.split(' ').includes(region) ? region : 'US';
}
