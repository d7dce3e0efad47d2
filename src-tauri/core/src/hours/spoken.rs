//! The next opening as people say it, in the language of the customers. Pure; the only words of the
//! desk that reach customers without somebody having written them.

use jiff::civil::DateTime;

use crate::model::CustomerLanguage;

/// What one language says. `{day}` is the weekday as it stands in a sentence, `{date}` the day of
/// the month, `{month}` its name, `{time}` the hour and minute.
struct Words {
    today: &'static str,
    tomorrow: &'static str,
    this_week: &'static str,
    later: &'static str,
    /// For an opening that nobody knows.
    soon: &'static str,
    /// From Monday on.
    days: [&'static str; 7],
    months: [&'static str; 12],
}

const ENGLISH: Words = Words {
    today: "today at {time}",
    tomorrow: "tomorrow at {time}",
    this_week: "{day} at {time}",
    later: "{day} {date} {month} at {time}",
    soon: "soon",
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

const GERMAN: Words = Words {
    today: "heute um {time} Uhr",
    tomorrow: "morgen um {time} Uhr",
    this_week: "am {day} um {time} Uhr",
    later: "am {day}, dem {date}. {month}, um {time} Uhr",
    soon: "bald",
    days: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
};

const SPANISH: Words = Words {
    today: "hoy a las {time}",
    tomorrow: "mañana a las {time}",
    this_week: "el {day} a las {time}",
    later: "el {day} {date} de {month} a las {time}",
    soon: "pronto",
    days: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
};

const FRENCH: Words = Words {
    today: "aujourd’hui à {time}",
    tomorrow: "demain à {time}",
    this_week: "{day} à {time}",
    later: "{day} {date} {month} à {time}",
    soon: "bientôt",
    days: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
};

const PORTUGUESE: Words = Words {
    today: "hoje às {time}",
    tomorrow: "amanhã às {time}",
    this_week: "{day} às {time}",
    later: "{day}, {date} de {month}, às {time}",
    soon: "em breve",
    days: [
        "na segunda-feira",
        "na terça-feira",
        "na quarta-feira",
        "na quinta-feira",
        "na sexta-feira",
        "no sábado",
        "no domingo",
    ],
    months: [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
};

const CHINESE: Words = Words {
    today: "今天 {time}",
    tomorrow: "明天 {time}",
    this_week: "{day} {time}",
    later: "{month}{date}日{day} {time}",
    soon: "近期",
    days: ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
    months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
};

const ARABIC: Words = Words {
    today: "اليوم الساعة {time}",
    tomorrow: "غدًا الساعة {time}",
    this_week: "يوم {day} الساعة {time}",
    later: "يوم {day} {date} {month} الساعة {time}",
    soon: "قريبًا",
    days: ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    months: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
};

fn words(language: CustomerLanguage) -> &'static Words {
    match language {
        CustomerLanguage::English => &ENGLISH,
        CustomerLanguage::German => &GERMAN,
        CustomerLanguage::Spanish => &SPANISH,
        CustomerLanguage::French => &FRENCH,
        CustomerLanguage::Portuguese => &PORTUGUESE,
        CustomerLanguage::Chinese => &CHINESE,
        CustomerLanguage::Arabic => &ARABIC,
    }
}

/// What stands for an opening that nobody knows.
pub(super) fn soon(language: CustomerLanguage) -> &'static str {
    words(language).soon
}

/// `today at 13:00`, `tomorrow at 09:00`, `Monday at 09:00`, `Monday 4 January at 09:00`.
pub(super) fn opening(language: CustomerLanguage, next: DateTime, now: DateTime) -> String {
    let days = now.date().until(next.date()).map_or(i32::MAX, |span| span.get_days());
    let words = words(language);
    let pattern = match days {
        0 => words.today,
        1 => words.tomorrow,
        2..=6 => words.this_week,
        _ => words.later,
    };
    let place = |number: i8| usize::try_from(number - 1).unwrap_or_default();
    let day = words.days.get(place(next.date().weekday().to_monday_one_offset()));
    let month = words.months.get(place(next.month()));
    pattern
        .replace("{day}", day.copied().unwrap_or_default())
        .replace("{date}", &next.day().to_string())
        .replace("{month}", month.copied().unwrap_or_default())
        .replace("{time}", &next.strftime("%H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_language_says_when_it_opens() {
        let now = date(2026, 11, 24).at(18, 0, 0, 0);
        let weekday = date(2026, 11, 28).at(9, 5, 0, 0);
        let later = date(2027, 1, 4).at(9, 0, 0, 0);
        for (language, this_week, in_january) in [
            (CustomerLanguage::English, "Saturday at 09:05", "Monday 4 January at 09:00"),
            (
                CustomerLanguage::German,
                "am Samstag um 09:05 Uhr",
                "am Montag, dem 4. Januar, um 09:00 Uhr",
            ),
            (CustomerLanguage::Spanish, "el sábado a las 09:05", "el lunes 4 de enero a las 09:00"),
            (CustomerLanguage::French, "samedi à 09:05", "lundi 4 janvier à 09:00"),
            (
                CustomerLanguage::Portuguese,
                "no sábado às 09:05",
                "na segunda-feira, 4 de janeiro, às 09:00",
            ),
            (CustomerLanguage::Chinese, "星期六 09:05", "1月4日星期一 09:00"),
            (CustomerLanguage::Arabic, "يوم السبت الساعة 09:05", "يوم الاثنين 4 يناير الساعة 09:00"),
        ] {
            assert_eq!(opening(language, weekday, now), this_week);
            assert_eq!(opening(language, later, now), in_january);
            assert!(opening(language, now, now).contains("18:00"), "today");
        }
    }
}
