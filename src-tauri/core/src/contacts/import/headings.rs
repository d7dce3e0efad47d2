//! What a column is, by its heading: in seven languages, and as Google, Outlook and iCloud write
//! them. Pure.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::{ColumnUse, ContactField, ImportTarget, fold};

/// What stands before the name of a custom field that is called like something else.
pub(crate) const FIELD: &str = "Field: ";

/// A heading as it is compared: small letters and spaces, no accents, no digits.
fn shape(heading: &str) -> String {
    let folded = fold(heading);
    let parts = folded.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = parts
        .filter(|word| !word.is_empty() && !word.chars().all(|one| one.is_ascii_digit()))
        .collect();
    words.join(" ")
}

/// What each heading means. Between bars are the headings, in the shape that they are compared in.
#[rustfmt::skip]
const KNOWN: &[(ImportTarget, &str, &str)] = &[
    (ImportTarget::Name, "", "name|full name|display name|contact name|contact|customer|customer name\
        |vollstandiger name|anzeigename|kontakt|kontaktname|kunde|kundenname\
        |nombre completo|nombre y apellidos|nombre|cliente|nombre del cliente|nombre para mostrar\
        |nom complet|nom affiche|nom|client|nom du client|nom d affichage\
        |nome completo|nome|nome do cliente|nome de exibicao\
        |姓名|名称|全名|联系人|客户|客户姓名|显示名称|联系人姓名\
        |الاسم|الاسم الكامل|اسم العميل|العميل|اسم العرض|جهة الاتصال"),
    (ImportTarget::FirstName, "", "first name|given name|firstname|forename|vorname|prenom\
        |nombre de pila|primer nombre|nome proprio|primeiro nome|名|名字|الاسم الأول|الاسم الاول"),
    (ImportTarget::MiddleName, "", "middle name|additional name|zweiter vorname|weitere vornamen\
        |segundo nombre|deuxieme prenom|autres prenoms|nome do meio|segundo nome|中间名|الاسم الأوسط"),
    (ImportTarget::LastName, "", "last name|family name|surname|lastname|nachname|familienname\
        |apellido|apellidos|nom de famille|sobrenome|apelido|ultimo nome|姓|姓氏|اسم العائلة|الكنية|اللقب"),
    (ImportTarget::Company, "", "company|company name|organization|organisation|organization name\
        |organisation name|business|account name|firma|firmenname|unternehmen\
        |empresa|nombre de la empresa|organizacion|compania|entreprise|societe|nom de l entreprise\
        |nome da empresa|organizacao|公司|公司名称|单位|组织|企业|الشركة|اسم الشركة|المؤسسة|المنظمة"),
    (ImportTarget::Email, "", "email|e mail|mail|email address|e mail address|e mail value|email value\
        |primary email|e mail adresse|email adresse|mailadresse|emailadresse\
        |correo|correo electronico|direccion de correo electronico|direccion de correo\
        |adresse e mail|adresse email|adresse mail|adresse de messagerie|courriel\
        |endereco de email|endereco de e mail|endereco de correio eletronico|correio eletronico\
        |电子邮件|邮箱|电子邮箱|电子邮件地址|邮件|البريد الإلكتروني|البريد الالكتروني|عنوان البريد الإلكتروني|البريد"),
    (ImportTarget::Number, "", "phone|telephone|phone number|telephone number|number|tel|phone value|primary phone\
        |other phone|telefon|telefonnummer|rufnummer|nummer|weiteres telefon|telefon weiteres|haupttelefon\
        |telefono|numero de telefono|numero|otro telefono|numero de telephone|n de telephone|autre telephone\
        |telefone|numero de telefone|outro telefone\
        |电话|电话号码|号码|联系电话|其他电话|الهاتف|رقم الهاتف|هاتف|رقم|هاتف آخر"),
    (ImportTarget::Number, "Mobile", "mobile|mobile phone|mobile number|mobile telephone|cell|cell phone|cellphone\
        |cell number|handy|mobil|mobiltelefon|mobilnummer|handynummer|telefon mobil\
        |movil|telefono movil|celular|telefono celular|numero de movil\
        |portable|telephone mobile|telephone portable|tel mobile|tel portable|mobile portable\
        |telemovel|telefone celular|telefone movel|手机|手机号|手机号码|移动电话\
        |الجوال|رقم الجوال|الهاتف المحمول|الموبايل|هاتف محمول|محمول|جوال"),
    (ImportTarget::Number, "Work", "business phone|work phone|office phone|company main phone|work\
        |telefon geschaftlich|telefon arbeit|telefon buro|telefon firma|geschaftlich|dienstlich|arbeit\
        |telefono del trabajo|telefono trabajo|telefono de la oficina|trabajo\
        |telephone bureau|telephone professionnel|tel bureau|tel professionnel|travail|bureau\
        |telefone comercial|telefone do trabalho|trabalho|办公电话|工作电话|单位电话|商务电话|工作\
        |هاتف العمل|العمل"),
    (ImportTarget::Number, "Home", "home phone|home|telefon privat|telefon zuhause|privat|zuhause\
        |telefono particular|telefono casa|telefono de casa|casa\
        |telephone domicile|tel domicile|telephone personnel|domicile\
        |telefone residencial|telefone de casa|residencial|家庭电话|住宅电话|住宅|هاتف المنزل|المنزل"),
    (ImportTarget::NumberRemark, "", "phone label|phone type|phone remark|number remark"),
    (ImportTarget::Labels, "", "labels|label|tags|tag|categories|category|groups|group|group membership\
        |etiketten|etikett|kategorien|kategorie|gruppen|gruppe|etiquetas|etiqueta|categorias|categoria\
        |grupos|grupo|etiquettes|libelles|groupes|groupe|marcadores|标签|分组|类别|群组\
        |التصنيفات|تصنيفات|الفئات|الفئة|وسوم|المجموعات|المجموعة"),
    (ImportTarget::Language, "", "language|sprache|idioma|langue|lingua|语言|اللغة"),
    (ImportTarget::TimeZone, "", "time zone|timezone|zeitzone|zona horaria|huso horario|fuseau horaire\
        |fuso horario|时区|المنطقة الزمنية"),
    (ImportTarget::Remarks, "", "notes|note|remarks|remark|comment|comments|notizen|notiz|bemerkung|bemerkungen\
        |kommentar|kommentare|anmerkung|anmerkungen|notas|nota|observaciones|comentarios|comentario\
        |remarques|remarque|commentaires|commentaire|observacoes|备注|注释|附注|说明|ملاحظات|ملاحظة"),
];

static TABLE: LazyLock<HashMap<&'static str, (ImportTarget, &'static str)>> = LazyLock::new(|| {
    let rows = KNOWN.iter().flat_map(|(to, remark, words)| {
        words.split('|').map(move |word| (word.trim(), (*to, *remark)))
    });
    rows.collect()
});

/// What a column with this heading is.
pub(super) fn recognise(heading: &str, fields: &[ContactField]) -> ColumnUse {
    let (named, heading) = match heading.strip_prefix(FIELD) {
        Some(rest) => (true, rest),
        None => (false, heading),
    };
    if !named && let Some((to, remark)) = TABLE.get(shape(heading).as_str()) {
        return ColumnUse { remark: (*remark).to_owned(), ..ColumnUse::plain(*to) };
    }
    let own = fields.iter().find(|field| fold(&field.name) == fold(heading));
    match own {
        Some(field) => {
            ColumnUse { field_id: Some(field.id), ..ColumnUse::plain(ImportTarget::Field) }
        }
        None => ColumnUse::plain(ImportTarget::Skip),
    }
}

/// The heading under which a custom field is written, so that it is read as that.
pub(crate) fn of_field(name: &str) -> String {
    if recognise(name, &[]).to == ImportTarget::Skip && !name.starts_with(FIELD) {
        name.to_owned()
    } else {
        format!("{FIELD}{name}")
    }
}

/// Whether a remark says that a number is a mobile one, one at work or one at home.
pub(crate) fn kind_of_number(remark: &str) -> &'static str {
    match TABLE.get(shape(remark).as_str()) {
        Some((ImportTarget::Number, kind)) => kind,
        Some(_) | None => "",
    }
}

/// What the columns of a table are. Some words mean another thing beside others: a German “Name”
/// beside a “Vorname” is the last one.
pub(super) fn recognise_all(headings: &[String], fields: &[ContactField]) -> Vec<ColumnUse> {
    let mut uses: Vec<ColumnUse> =
        headings.iter().map(|heading| recognise(heading, fields)).collect();
    let has = |uses: &[ColumnUse], to| uses.iter().any(|one| one.to == to);
    let (first, last) = (has(&uses, ImportTarget::FirstName), has(&uses, ImportTarget::LastName));
    for (one, heading) in uses.iter_mut().zip(headings) {
        if one.to != ImportTarget::Name {
            continue;
        }
        match (shape(heading).as_str(), first, last) {
            ("name" | "nom" | "nome" | "nombre", true, false) => one.to = ImportTarget::LastName,
            ("nombre" | "nome", false, true) => one.to = ImportTarget::FirstName,
            _ => {}
        }
    }
    uses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ContactFieldId, ContactFieldKind};

    fn targets(headings: &str) -> String {
        let headings: Vec<String> = headings.split(';').map(str::to_owned).collect();
        let uses = recognise_all(&headings, &[]);
        let words = uses.iter().map(|one| {
            let remark =
                if one.remark.is_empty() { String::new() } else { format!(":{}", one.remark) };
            format!("{}{remark}", one.to.as_str())
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn exports_of_others_are_recognised() {
        // Google, since 2024 and before; Outlook; iCloud's converters.
        assert_eq!(
            targets(
                "First Name;Middle Name;Last Name;Organization Name;Notes;Labels;E-mail 1 - Label;\
                E-mail 1 - Value;Phone 1 - Label;Phone 1 - Value;Phone 2 - Label;Phone 2 - Value;Birthday"
            ),
            "first_name middle_name last_name company remarks labels skip email number_remark number \
             number_remark number skip"
        );
        assert_eq!(
            targets("Name;Given Name;Family Name;Group Membership;Phone 1 - Type;Phone 1 - Value"),
            "name first_name last_name labels number_remark number"
        );
        assert_eq!(
            targets(
                "First Name;Last Name;Company;Business Fax;Business Phone;Home Phone 2;Mobile Phone;\
                E-mail Address;Categories;Web Page"
            ),
            "first_name last_name company skip number:Work number:Home number:Mobile email labels skip"
        );
    }

    #[test]
    fn seven_languages_are_recognised() {
        for (headings, expected) in [
            (
                "Vorname;Name;Firma;Handy;E-Mail-Adresse;Bemerkungen",
                "first_name last_name company number:Mobile email remarks",
            ),
            (
                "Anzeigename;Telefon (geschäftlich);Mobiltelefon;Kategorien",
                "name number:Work number:Mobile labels",
            ),
            (
                "Nombre;Apellidos;Empresa;Teléfono móvil;Correo electrónico",
                "first_name last_name company number:Mobile email",
            ),
            (
                "Prénom;Nom;Société;Téléphone portable;Adresse e-mail",
                "first_name last_name company number:Mobile email",
            ),
            (
                "Nome;Sobrenome;Telemóvel;Observações;Fuso horário",
                "first_name last_name number:Mobile remarks time_zone",
            ),
            ("Nome;Telefone", "name number"),
            ("姓名;手机;公司;备注;语言", "name number:Mobile company remarks language"),
            ("الاسم;رقم الجوال;الشركة;ملاحظات", "name number:Mobile company remarks"),
        ] {
            assert_eq!(targets(headings), expected, "{headings}");
        }
    }

    #[test]
    fn a_custom_field_is_found_by_its_name_even_if_it_is_called_like_something_else() {
        let field = |name: &str| ContactField {
            id: ContactFieldId::new(),
            name: name.to_owned(),
            kind: ContactFieldKind::Text,
            choices: Vec::new(),
            used_by: 0,
        };
        let fields = [field("Customer number 2"), field("Notes")];
        assert_eq!(recognise("customer NUMBER 2", &fields).field_id, Some(fields[0].id));
        assert_eq!(recognise("Notes", &fields).to, ImportTarget::Remarks);
        assert_eq!(of_field("Notes"), "Field: Notes");
        assert_eq!(recognise(&of_field("Notes"), &fields).field_id, Some(fields[1].id));
        assert_eq!(of_field("Customer number 2"), "Customer number 2");
        assert_eq!(kind_of_number("Mobil"), "Mobile");
        assert_eq!(kind_of_number("Boat"), "");
    }

    #[test]
    fn every_known_heading_is_written_as_it_is_compared() {
        for (_, _, words) in KNOWN {
            for word in words.split('|') {
                assert_eq!(shape(word), word.trim(), "{word}");
            }
        }
    }
}
