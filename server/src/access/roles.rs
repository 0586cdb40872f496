//! What each of the three roles opens. The roles themselves are `shared::wire::Role`: they are on
//! the wire, too.

use samtavle_shared::wire::Role;

/// The first part of the address of the page that shows this role's screen.
pub(crate) fn page(role: Role) -> &'static str {
    match role {
        Role::Facilitator | Role::Participant => "board",
        Role::Wall => "wall",
    }
}

/// The roles that a facilitator may give a key for. A board has one facilitator key: whoever has it
/// can hand it on, until it is called back for another (`Command::NewLeadLink`).
pub(crate) fn can_be_given(role: Role) -> bool {
    match role {
        Role::Participant | Role::Wall => true,
        Role::Facilitator => false,
    }
}
