//! The customers of the demo, with what they say. Owns their lines; knows no wire format.

use serde::Serialize;
use utoipa::ToSchema;

/// A customer who does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Persona {
    /// Stable id and address.
    pub id: &'static str,
    /// Name that the desk sees.
    pub name: &'static str,
    /// A few words for the person who plays.
    pub about: &'static str,
    /// What they write first.
    pub opening: &'static [Line],
    /// What they write after our first, second, … message.
    pub replies: &'static [&'static [Line]],
}

/// One message of a persona.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Line {
    /// Milliseconds after what went before.
    pub after_ms: u64,
    /// The text.
    pub text: &'static str,
    /// Whether the photo comes with it.
    pub photo: bool,
}

/// The photo that comes with some lines (PNG).
pub const PHOTO: &[u8] = include_bytes!("parcel.png");

const fn line(after_ms: u64, text: &'static str) -> Line {
    Line { after_ms, text, photo: false }
}

/// Everybody who can be played.
pub const PERSONAS: &[Persona] = &[
    Persona {
        id: "maria",
        name: "Maria",
        about: "Friendly, wants a cake",
        opening: &[line(0, "Hi, are you open today?")],
        replies: &[
            &[line(2_500, "Lovely! Could you keep a lemon cake for me until five?")],
            &[line(2_000, "Perfect, thank you 🙂"), line(1_500, "See you at five!")],
        ],
    },
    Persona {
        id: "greg",
        name: "Greg",
        about: "Angry, many short messages",
        opening: &[
            line(0, "hello??"),
            line(700, "I ordered THREE weeks ago"),
            line(900, "nobody picks up the phone"),
            line(600, "order 4471"),
            line(800, "this is the third time I write!!"),
        ],
        replies: &[
            &[line(1_200, "finally"), line(900, "so where is it")],
            &[line(1_500, "ok"), line(700, "but I want the delivery charge back")],
            &[line(2_000, "fine. thanks")],
        ],
    },
    Persona {
        id: "priya",
        name: "Priya",
        about: "Sends a photo of a damaged parcel",
        opening: &[
            line(0, "Hello, my parcel came this morning, but look at it:"),
            Line { after_ms: 1_200, text: "", photo: true },
        ],
        replies: &[
            &[line(2_000, "The corner was open. The cup inside is fine, the plate is broken.")],
            &[line(2_000, "A new plate would be great. Thank you for being so quick!")],
        ],
    },
    Persona {
        id: "yuki",
        name: "由紀",
        about: "Writes in Japanese",
        opening: &[
            line(0, "こんにちは。英語があまり話せません。"),
            line(1_800, "土曜日の午後六時に、二名で予約できますか？"),
        ],
        replies: &[
            &[line(2_500, "ありがとうございます！窓側の席は空いていますか？")],
            &[line(2_000, "楽しみにしています 😊")],
        ],
    },
    Persona {
        id: "lee",
        name: "Lee",
        about: "Wants no more messages",
        opening: &[line(0, "who is this")],
        replies: &[&[line(1_500, "STOP")]],
    },
];

/// The persona with this id.
pub fn persona(id: &str) -> Option<&'static Persona> {
    PERSONAS.iter().find(|persona| persona.id == id)
}
