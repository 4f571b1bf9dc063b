//! What fills the holes of a markup.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Event;
use yew::html::NodeRef;
use yew::virtual_dom::{AttrValue, VList, VNode};
use yew::{Callback, Classes};

/// The value of a hole.
#[derive(Default)]
pub enum Slot {
    /// Nothing: no attribute, no node.
    #[default]
    None,
    /// An attribute that is there, without a value.
    Yes,
    /// A text.
    Text(AttrValue),
    /// Nodes.
    Node(VNode),
    /// What listens to an event.
    Listener(Callback<Event>),
    /// Where the element is to be found.
    Ref(NodeRef),
}

/// What can fill a hole.
pub trait IntoSlot {
    /// It as the value of a hole.
    fn slot(self) -> Slot;
}

impl IntoSlot for VNode {
    fn slot(self) -> Slot {
        Slot::Node(self)
    }
}

impl IntoSlot for &str {
    #[inline(never)]
    fn slot(self) -> Slot {
        Slot::Text(AttrValue::Rc(Rc::from(self)))
    }
}

impl IntoSlot for String {
    fn slot(self) -> Slot {
        self.as_str().slot()
    }
}

impl IntoSlot for &String {
    fn slot(self) -> Slot {
        self.as_str().slot()
    }
}

impl IntoSlot for AttrValue {
    fn slot(self) -> Slot {
        Slot::Text(self)
    }
}

impl IntoSlot for &AttrValue {
    fn slot(self) -> Slot {
        Slot::Text(self.clone())
    }
}

impl IntoSlot for Classes {
    fn slot(self) -> Slot {
        if self.is_empty() { Slot::None } else { self.to_string().slot() }
    }
}

impl IntoSlot for bool {
    fn slot(self) -> Slot {
        if self { Slot::Yes } else { Slot::None }
    }
}

impl IntoSlot for i64 {
    #[inline(never)]
    fn slot(self) -> Slot {
        self.to_string().slot()
    }
}

macro_rules! number {
    ($($type:ident)*) => { $(
        impl IntoSlot for $type {
            fn slot(self) -> Slot {
                (self as i64).slot()
            }
        }

        impl IntoSlot for &$type {
            fn slot(self) -> Slot {
                (*self as i64).slot()
            }
        }
    )* };
}
number!(usize u64 u32 i32 u16 u8);

impl IntoSlot for NodeRef {
    fn slot(self) -> Slot {
        Slot::Ref(self)
    }
}

impl<T: IntoSlot> IntoSlot for Option<T> {
    fn slot(self) -> Slot {
        self.map_or(Slot::None, T::slot)
    }
}

/// A listener to an event of the type that the attribute's name promises.
pub fn on<E: JsCast + 'static>(callback: impl Into<Callback<E>>) -> Slot {
    Slot::Listener(callback.into().reform(|event: Event| event.unchecked_into()))
}

/// All nodes of an iterator.
pub fn each<I: IntoIterator<Item: IntoSlot>>(nodes: I) -> Slot {
    list(&mut nodes.into_iter().map(IntoSlot::slot))
}

#[inline(never)]
fn list(slots: &mut dyn Iterator<Item = Slot>) -> Slot {
    let mut nodes = Vec::new();
    for slot in slots {
        nodes.push(super::build::node(slot));
    }
    Slot::Node(VList::from(nodes).into())
}
