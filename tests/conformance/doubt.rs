//! Sends whose answer never comes: nobody gets a message twice, whatever the provider did with it.

use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_simulator::{Conduct, Manner};

use super::ground::Ground;

/// What goes wrong with the first attempt.
#[derive(Clone, Copy)]
pub(super) enum Trouble {
    /// In the way that a send is answered.
    Answer(Manner),
    /// The provider takes it and keeps silent.
    Silence,
}

impl Trouble {
    fn apply(self, conduct: &mut Conduct) {
        match self {
            Self::Answer(manner) => conduct.manner = manner,
            Self::Silence => conduct.faults = Faults::from_iter([Fault::Uncertain]),
        }
    }
}

/// The provider's trouble lasts for one attempt. In the end the message went once, or a person
/// is asked; it never went twice, and never counts as failed when it may have gone.
pub(super) async fn never_twice(ground: Ground, trouble: Trouble) {
    ground.behave(|conduct| trouble.apply(conduct));
    let message = ground.answers("Only once, please").await;
    ground.simulator.until_sent(1).await;
    let took = ground.simulator.taken() == 1;
    ground.behave(|conduct| {
        conduct.manner = Manner::Proper;
        conduct.faults = Faults::default();
    });
    let shown = ground.until(&message, &["sent", "delivered", "uncertain", "failed"]).await;
    let taken = ground.simulator.taken();
    match shown["state"].as_str().unwrap() {
        "sent" | "delivered" => assert_eq!(taken, 1, "it went once: {shown}"),
        "uncertain" => assert_eq!(taken, usize::from(took), "nobody sent it again: {shown}"),
        state => panic!("{state}, though it may have gone: {shown}"),
    }
    if let (Some("sent"), true) = (shown["state"].as_str(), took) {
        let collapsed = ground.party.description().limits.idempotent;
        let asked = ground.simulator.sent().len();
        assert!(asked == 1 || collapsed, "found, not sent again: {asked} submissions");
    }
}
