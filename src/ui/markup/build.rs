//! Nodes from a markup and the values of its holes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::mem::take;
use std::rc::Rc;
use std::slice::IterMut;

use web_sys::Event;
use yew::Callback;
use yew::html::NodeRef;
use yew::virtual_dom::{
    AttrValue, AttributeOrProperty, Attributes, Key, Listener, ListenerKind, Listeners, VList,
    VNode, VTag, VText,
};

use super::slot::Slot;
use super::template::{Node, Tag, parse};
use crate::base::Map;

thread_local! {
    /// Each markup is taken apart once, and stays: there are as many as places in the code.
    static READ: RefCell<Map<usize, &'static [Node]>> = const { RefCell::new(Map::new()) };
}

fn read(text: &'static str) -> &'static [Node] {
    let place = text.as_ptr() as usize;
    if let Some(nodes) = READ.with_borrow(|all| all.get(&place).copied()) {
        return nodes;
    }
    let nodes: &[Node] = parse(text).leak();
    READ.with_borrow_mut(|all| all.insert(place, nodes));
    nodes
}

/// The nodes of a markup; `slots` fill its holes in their order.
#[inline(never)]
pub fn build(text: &'static str, slots: &mut [Slot]) -> VNode {
    all(read(text), &mut slots.iter_mut())
}

fn all(nodes: &[Node], slots: &mut IterMut<Slot>) -> VNode {
    if let [node] = nodes {
        return one(node, slots);
    }
    let mut children = Vec::with_capacity(nodes.len());
    for node in nodes {
        children.push(one(node, slots));
    }
    VList::from(children).into()
}

fn one(part: &Node, slots: &mut IterMut<Slot>) -> VNode {
    match part {
        Node::Tag(part) => tag(part, slots),
        Node::Text(text) => VText::new(*text).into(),
        Node::Hole => node(next(slots)),
        Node::All(nodes) => all(nodes, slots),
    }
}

fn next(slots: &mut IterMut<Slot>) -> Slot {
    slots.next().map(take).unwrap_or_default()
}

/// What a value is among children.
pub fn node(slot: Slot) -> VNode {
    match slot {
        Slot::Node(node) => node,
        Slot::Text(text) => VText::new(text).into(),
        _ => VNode::default(),
    }
}

/// What is no attribute of an element.
#[derive(Default)]
struct Special {
    node: NodeRef,
    key: Option<Key>,
    value: Option<AttrValue>,
    checked: Option<bool>,
    listeners: Vec<Option<Rc<dyn Listener>>>,
}

fn tag(part: &Tag, slots: &mut IterMut<Slot>) -> VNode {
    let mut special = Special::default();
    let field = matches!(part.name, "input" | "textarea");
    let mut values = Vec::with_capacity(part.names.len());
    for (name, value) in part.names.iter().zip(&part.values) {
        let slot = match value {
            Some(text) => Slot::Text(AttrValue::Static(text)),
            None => next(slots),
        };
        values.push(special.attribute(name, slot, field).map(AttributeOrProperty::Attribute));
    }
    let Special { node, key, value, checked, listeners } = special;
    let attributes = Attributes::Dynamic { keys: part.names, values: values.into() };
    let listeners = match listeners.is_empty() {
        true => Listeners::None,
        false => Listeners::Pending(listeners.into()),
    };
    match part.name {
        "input" => VTag::__new_input(value, checked, node, key, attributes, listeners),
        "textarea" => VTag::__new_textarea(value, None, node, key, attributes, listeners),
        name => {
            let children = all(&part.children, slots);
            let name = AttrValue::Static(name);
            VTag::__new_other(name, node, key, attributes, listeners, children)
        }
    }
    .into()
}

impl Special {
    /// The attribute's value, if it is one and is there.
    fn attribute(&mut self, name: &'static str, slot: Slot, field: bool) -> Option<AttrValue> {
        match (name, slot) {
            (_, Slot::Ref(node)) => self.node = node,
            (_, Slot::Listener(callback)) => {
                self.listeners.push(Some(Rc::new(On { name, callback })))
            }
            ("key", Slot::Text(text)) => self.key = Some(Key::from(text.as_str())),
            ("value", Slot::Text(text)) if field => self.value = Some(text),
            ("checked", slot) if field => self.checked = Some(matches!(slot, Slot::Yes)),
            (_, Slot::Text(text)) => return Some(text),
            (name, Slot::Yes) => return Some(AttrValue::Static(name)),
            _ => {}
        }
        None
    }
}

/// A listener to the event that `on…` names.
struct On {
    name: &'static str,
    callback: Callback<Event>,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        ListenerKind::other(Cow::Borrowed(&self.name[2..]))
    }

    fn handle(&self, event: Event) {
        self.callback.emit(event);
    }

    fn passive(&self) -> bool {
        false
    }
}
