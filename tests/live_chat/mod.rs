//! Live chat at its real edges: visitors on real sockets, pages of other websites, the workspace.

mod borders;
mod call_ends;
mod call_rights;
mod calling;
mod calling_back;
mod desk_side;
mod ending;
mod files;
mod greetings;
mod setting_up;
mod talking;
