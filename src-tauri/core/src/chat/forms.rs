//! What visitors say of themselves in the form before the chat. Nobody has proved it: it names a
//! contact of their own and never reaches anybody else's.

use deskbell_channels::livechat::frames::Form;

use crate::error::Result;
use crate::events::{Audience, Event};
use crate::model::{PreChat, PreChatId, Time};
use crate::store::identities::Known;
use crate::store::{Tx, contacts, visitors};

/// Whether the answers tell who somebody is or where they are reached.
pub(crate) fn names(form: &Form) -> bool {
    [&form.name, &form.email, &form.phone].iter().any(|answer| !answer.is_empty())
}

/// Whether the form asks who somebody is or where they are reached.
pub(crate) fn asks_who(form: &PreChat) -> bool {
    let who = |id| matches!(id, PreChatId::Name | PreChatId::Email | PreChatId::Phone);
    form.fields.iter().any(|field| field.show && who(field.id))
}

/// Whether the form has to be asked of somebody who has answered this so far.
pub(crate) fn is_needed(form: &PreChat, answered: Option<&Form>) -> bool {
    let asks = form.fields.iter().any(|field| field.show) || !form.consent.is_empty();
    let Some(answered) = answered else { return form.on && asks };
    let lacks = |id: PreChatId| answer(answered, id).is_empty();
    form.on && form.fields.iter().any(|field| field.show && field.required && lacks(field.id))
}

fn answer(form: &Form, id: PreChatId) -> &str {
    match id {
        PreChatId::Name => &form.name,
        PreChatId::Email => &form.email,
        PreChatId::Phone => &form.phone,
        PreChatId::Company => &form.company,
        PreChatId::Subject => &form.subject,
        PreChatId::Question => &form.question,
    }
}

/// New answers beside earlier ones: what is not answered anew stays.
fn together(earlier: Form, new: Form) -> Form {
    let of = |earlier: String, new: String| if new.is_empty() { earlier } else { new };
    Form {
        name: of(earlier.name, new.name),
        email: of(earlier.email, new.email),
        phone: of(earlier.phone, new.phone),
        company: of(earlier.company, new.company),
        subject: of(earlier.subject, new.subject),
        question: of(earlier.question, new.question),
    }
}

/// Keeps answers, and fills what the contact's card lacks; what the team has written there stays.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    known: Known,
    form: Form,
    consented_at: Option<Time>,
) -> Result<()> {
    let Some(row) = visitors::get(tx, known.identity)? else { return Ok(()) };
    let form = together(row.form, form);
    visitors::set_form(tx, known.identity, &form, consented_at)?;
    if !names(&form) && form.company.is_empty() {
        return Ok(());
    }
    let contact = contacts::get(tx, known.contact)?;
    let or = |kept: String, told: &str| if kept.is_empty() { told.to_owned() } else { kept };
    let card = contacts::Card {
        name: or(contact.name.clone(), &form.name),
        company: or(contact.company.clone(), &form.company),
        email: or(contact.email.clone(), &form.email),
        // A number that nobody has proved must not catch what is sent from it.
        remarks: or(contact.remarks.clone(), &form.phone),
        language: contact.language.clone(),
        time_zone: contact.time_zone.clone(),
    };
    contacts::set_card(tx, known.contact, &card)?;
    contacts::index(tx, known.contact)?;
    tx.emit(Event::ContactChanged { contact_id: known.contact }, Audience::everyone());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::settings::usual;

    #[test]
    fn the_form_is_asked_once_and_again_for_what_it_lacks() {
        let mut form = usual().messages.pre_chat;
        assert!(!is_needed(&form, None), "it is off");
        form.on = true;
        assert!(is_needed(&form, None));
        assert!(!is_needed(&form, Some(&Form::default())), "nothing of it is required");
        form.fields[1].required = true;
        assert!(is_needed(&form, Some(&Form { name: "Ana".into(), ..Form::default() })));
        let told = Form { email: "ana@example.com".into(), ..Form::default() };
        assert!(!is_needed(&form, Some(&told)));
        assert!(names(&told) && asks_who(&form));
        form.fields.iter_mut().for_each(|field| field.show = false);
        assert!(!asks_who(&form) && !is_needed(&form, None));
        form.consent = "You agree.".into();
        assert!(is_needed(&form, None));
    }

    #[test]
    fn later_answers_add_to_earlier_ones() {
        let earlier = Form { name: "Ana".into(), subject: "Bread".into(), ..Form::default() };
        let new = Form { subject: "Cake".into(), phone: "123".into(), ..Form::default() };
        let both = together(earlier, new);
        assert_eq!(
            (both.name.as_str(), both.subject.as_str(), both.phone.as_str()),
            ("Ana", "Cake", "123")
        );
    }
}
