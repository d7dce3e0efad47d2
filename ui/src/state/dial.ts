/** Pure: the country of a telephone number, by its first digits. */

/** Calling codes with the country that most of their numbers belong to. */
const COUNTRIES =
  '1US 7RU 20EG 27ZA 30GR 31NL 32BE 33FR 34ES 36HU 39IT 40RO 41CH 43AT 44GB 45DK 46SE 47NO 48PL ' +
  '49DE 51PE 52MX 53CU 54AR 55BR 56CL 57CO 58VE 60MY 61AU 62ID 63PH 64NZ 65SG 66TH 81JP 82KR ' +
  '84VN 86CN 90TR 91IN 92PK 93AF 94LK 95MM 98IR 212MA 213DZ 216TN 218LY 220GM 221SN 225CI 226BF ' +
  '228TG 229BJ 230MU 233GH 234NG 237CM 243CD 244AO 250RW 251ET 254KE 255TZ 256UG 258MZ 260ZM ' +
  '263ZW 264NA 351PT 352LU 353IE 354IS 355AL 356MT 357CY 358FI 359BG 370LT 371LV 372EE 373MD ' +
  '374AM 375BY 376AD 377MC 380UA 381RS 382ME 383XK 385HR 386SI 387BA 389MK 420CZ 421SK 423LI ' +
  '501BZ 502GT 503SV 504HN 505NI 506CR 507PA 509HT 591BO 592GY 593EC 595PY 597SR 598UY 852HK ' +
  '853MO 855KH 856LA 880BD 886TW 960MV 961LB 962JO 963SY 964IQ 965KW 966SA 967YE 968OM 970PS ' +
  '971AE 972IL 973BH 974QA 975BT 976MN 977NP 992TJ 993TM 994AZ 995GE 996KG 998UZ';
const BY_CODE = new Map(
  COUNTRIES.split(' ').map((entry) => [entry.slice(0, -2), entry.slice(-2)] as const),
);
/** Area codes of +1 that are in Canada, and some that are on islands. */
const CANADA = new Set(
  (
    '204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 ' +
    '450 460 468 474 506 514 519 548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 ' +
    '780 782 807 819 825 867 873 879 902 905 942'
  ).split(' '),
);
const ISLANDS: Record<string, string> = {
  '242': 'BS',
  '246': 'BB',
  '345': 'KY',
  '441': 'BM',
  '787': 'PR',
  '809': 'DO',
  '829': 'DO',
  '849': 'DO',
  '868': 'TT',
  '876': 'JM',
  '939': 'PR',
};
const TOLL_FREE = new Set('800 833 844 855 866 877 888'.split(' '));

/** Two letters, or `null` for what belongs to no one country (toll-free, satellites, no number). */
export function countryOf(address: string): string | null {
  const digits = /^\+(\d{7,15})$/.exec(address)?.[1];
  if (!digits) return null;
  if (digits.startsWith('1')) {
    const area = digits.slice(1, 4);
    if (TOLL_FREE.has(area)) return null;
    return CANADA.has(area) ? 'CA' : (ISLANDS[area] ?? 'US');
  }
  for (const length of [1, 2, 3]) {
    const country = BY_CODE.get(digits.slice(0, length));
    if (country) return country;
  }
  return null;
}

export function countryName(country: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country;
}
