//! Where the cluster's parts stand on the map, and the ways between them.

use crate::session::view::ActorKind;
use crate::ui::width::{tenths, within};

/// A point in pixels.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Point {
    fn text(self) -> String {
        format!("{} {}", tenths(self.x), tenths(self.y))
    }
}

/// A box in pixels.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Rect { x, y, width, height }
    }

    /// Its middle.
    pub fn centre(&self) -> Point {
        Point { x: self.x + self.width / 2.0, y: self.y + self.height / 2.0 }
    }
}

/// How the map is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// The API server as a hub between kubectl, its control plane and the node below.
    Wide,
    /// All in one row with arcs over it, for narrow and for low places.
    Row,
}

/// Lower than this a Pod's header is cut down to one line.
const LOW: f64 = 300.0;

/// Whether a place is so low that only what matters most can stand there.
pub fn is_low(height: f64) -> bool {
    height < LOW
}

/// The map for a width.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MapLayout {
    /// Which form.
    pub form: Form,
    /// Width in pixels.
    pub width: f64,
}

/// Narrower than this the map is a row.
const WIDE_FROM: f64 = 600.0;
/// Lower than this the map is a row.
const TALL_FROM: f64 = 500.0;
/// Wires of the wide form never grow beyond a map of this width.
const WIDE_MOST: f64 = 1100.0;
/// Widths of the boxes of the wide form: kubectl, hub, right column.
const BOXES: [f64; 3] = [104.0, 132.0, 140.0];
/// Empty pixels at the left and right of the wide form.
const SIDE: f64 = 16.0;
/// Pixels between a wire's two directions.
const LANE_GAP: f64 = 5.0;
/// Pixels between a box and the end of a way.
const INSET: f64 = 6.0;
/// The circles of the row form.
const DISC: f64 = 17.0;
const DISC_Y: f64 = 50.0;

/// The order of the row form: neighbours talk most.
const ROW: [ActorKind; 6] = [
    ActorKind::Kubectl,
    ActorKind::Endpoints,
    ActorKind::Scheduler,
    ActorKind::ApiServer,
    ActorKind::Kubelet,
    ActorKind::Runtime,
];

/// A bow from one point to another, bent by a third.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Way {
    from: Point,
    bend: Point,
    to: Point,
}

impl MapLayout {
    /// The form that fits into a place.
    pub fn fitting(width: f64, height: f64) -> Self {
        let form = if width >= WIDE_FROM && height >= TALL_FROM { Form::Wide } else { Form::Row };
        MapLayout { form, width: within(width, 280.0, WIDE_MOST) }
    }

    /// Its height in pixels.
    pub fn height(&self) -> f64 {
        match self.form {
            Form::Wide => 218.0,
            Form::Row => 88.0,
        }
    }

    /// Where an actor stands.
    pub fn place(&self, kind: ActorKind) -> Rect {
        match self.form {
            Form::Wide => self.wide(kind),
            Form::Row => self.row(kind),
        }
    }

    /// The frame around the control plane.
    pub fn control_plane(&self) -> Option<Rect> {
        let hub = self.place(ActorKind::ApiServer);
        (self.form == Form::Wide)
            .then(|| Rect::new(hub.x - 14.0, 1.0, self.width - hub.x + 13.0, 128.0))
    }

    /// The columns: left edges of kubectl, hub and right column.
    fn columns(&self) -> [f64; 3] {
        let gaps = self.width - 2.0 * SIDE - BOXES.iter().sum::<f64>();
        let hub = SIDE + BOXES[0] + gaps * 0.46;
        [SIDE, hub, self.width - SIDE - BOXES[2]]
    }

    fn wide(&self, kind: ActorKind) -> Rect {
        let [left, hub, right] = self.columns();
        match kind {
            ActorKind::Kubectl => Rect::new(left, 43.0, BOXES[0], 44.0),
            ActorKind::ApiServer => Rect::new(hub, 18.0, BOXES[1], 96.0),
            ActorKind::Scheduler => Rect::new(right, 14.0, BOXES[2], 46.0),
            ActorKind::Endpoints => Rect::new(right, 72.0, BOXES[2], 46.0),
            ActorKind::Kubelet => Rect::new(hub, 166.0, BOXES[1], 46.0),
            ActorKind::Runtime => Rect::new(right, 166.0, BOXES[2], 46.0),
        }
    }

    fn row(&self, kind: ActorKind) -> Rect {
        let slot = self.width / ROW.len() as f64;
        let place = ROW.iter().position(|other| *other == kind).unwrap_or(0);
        let x = slot * (place as f64 + 0.5);
        Rect::new(x - DISC, DISC_Y - DISC, 2.0 * DISC, 2.0 * DISC)
    }

    /// The way of a message. The two directions run side by side.
    pub fn way(&self, from: ActorKind, to: ActorKind) -> Way {
        let (a, b) = (self.place(from), self.place(to));
        match self.form {
            Form::Wide => wire(a, b),
            Form::Row => arc(a, b),
        }
    }

    /// Where the first label of a wire stands, and how far it may reach; further labels stand
    /// above it, or below it where the wire runs down. The row form has no room for labels.
    pub fn label_place(&self, one: ActorKind, other: ActorKind) -> Option<LabelPlace> {
        let (a, b) = (self.place(one), self.place(other));
        if self.form == Form::Row {
            return None;
        }
        let (left, right) = if a.x <= b.x { (a, b) } else { (b, a) };
        let gap = right.x - left.x - left.width;
        if gap < 40.0 {
            let x = left.centre().x + 14.0;
            return Some(LabelPlace { at: Point { x, y: 143.0 }, room: 220.0, down: true });
        }
        let at = Point { x: left.x + left.width + gap / 2.0, y: wire_y(a, b) - 11.0 };
        Some(LabelPlace { at, room: gap - 14.0, down: false })
    }
}

/// Where labels of a wire stand.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LabelPlace {
    /// The base line of the first: its middle, or its start where the wire runs down.
    pub at: Point,
    /// Pixels it may take.
    pub room: f64,
    /// The wire runs down.
    pub down: bool,
}

/// Wires are level: at the height of the smaller box.
fn wire_y(a: Rect, b: Rect) -> f64 {
    if a.height <= b.height { a.centre().y } else { b.centre().y }
}

fn wire(a: Rect, b: Rect) -> Way {
    let (from, to) = (a.centre(), b.centre());
    if (from.x - to.x).abs() < 1.0 {
        return upright_wire(a, b);
    }
    let right = to.x > from.x;
    let y = wire_y(a, b) + if right { -LANE_GAP } else { LANE_GAP };
    let (start, end) = facing((a.x, a.width), (b.x, b.width), right);
    straight(Point { x: start, y }, Point { x: end, y })
}

fn upright_wire(a: Rect, b: Rect) -> Way {
    let down = b.y > a.y;
    let x = a.centre().x + if down { -LANE_GAP } else { LANE_GAP };
    let (start, end) = facing((a.y, a.height), (b.y, b.height), down);
    straight(Point { x, y: start }, Point { x, y: end })
}

/// The edges, a little apart, with which two stretches (start, length) face each other.
fn facing(a: (f64, f64), b: (f64, f64), ahead: bool) -> (f64, f64) {
    if ahead { (a.0 + a.1 + INSET, b.0 - INSET) } else { (a.0 - INSET, b.0 + b.1 + INSET) }
}

fn straight(from: Point, to: Point) -> Way {
    Way { from, bend: Point { x: (from.x + to.x) / 2.0, y: (from.y + to.y) / 2.0 }, to }
}

/// Ways to the right pass higher than ways to the left, and far ones higher than near ones.
fn arc(a: Rect, b: Rect) -> Way {
    let (from, to) = (a.centre(), b.centre());
    let right = to.x > from.x;
    let shift = if right { 4.0 } else { -4.0 };
    let distance = (to.x - from.x).abs();
    let rise = (12.0 + distance * 0.16).min(60.0) + if right { 10.0 } else { 0.0 };
    let from = Point { x: from.x + shift, y: a.y - 2.0 };
    let to = Point { x: to.x - shift, y: b.y - 2.0 };
    Way { from, bend: Point { x: (from.x + to.x) / 2.0, y: from.y - rise }, to }
}

impl Way {
    /// The point that lies `part` of the way along.
    pub fn at(&self, part: f64) -> Point {
        let mix = |a: f64, b: f64, c: f64| {
            let rest = 1.0 - part;
            rest * rest * a + 2.0 * rest * part * b + part * part * c
        };
        Point {
            x: mix(self.from.x, self.bend.x, self.to.x),
            y: mix(self.from.y, self.bend.y, self.to.y),
        }
    }

    /// The outline of the piece from one part of the way to another.
    pub fn piece(&self, from: f64, to: f64) -> String {
        let mix = |a: Point, b: Point, part: f64| Point {
            x: a.x + (b.x - a.x) * part,
            y: a.y + (b.y - a.y) * part,
        };
        let bend = mix(mix(self.from, self.bend, from), mix(self.bend, self.to, from), to);
        let (start, end) = (self.at(from), self.at(to));
        let [start, bend, end] = [start, bend, end].map(Point::text);
        format!("M{start} Q{bend} {end}")
    }

    /// The outline of the whole way.
    pub fn whole(&self) -> String {
        self.piece(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRES: [(ActorKind, ActorKind); 5] = [
        (ActorKind::Kubectl, ActorKind::ApiServer),
        (ActorKind::Scheduler, ActorKind::ApiServer),
        (ActorKind::Endpoints, ActorKind::ApiServer),
        (ActorKind::Kubelet, ActorKind::ApiServer),
        (ActorKind::Kubelet, ActorKind::Runtime),
    ];

    fn apart(a: Rect, b: Rect) -> bool {
        a.x + a.width <= b.x
            || b.x + b.width <= a.x
            || a.y + a.height <= b.y
            || b.y + b.height <= a.y
    }

    #[test]
    fn no_two_actors_overlap_and_all_are_on_the_map() {
        for width in [280.0, 390.0, 599.0, 600.0, 800.0, 1900.0] {
            let layout = MapLayout::fitting(width, 600.0);
            let places = ROW.map(|kind| layout.place(kind));
            for (nth, place) in places.iter().enumerate() {
                assert!(place.x >= 0.0 && place.x + place.width <= layout.width, "{width}");
                assert!(place.y + place.height <= layout.height(), "{width}");
                assert!(places[..nth].iter().all(|other| apart(*place, *other)), "{width}");
            }
        }
    }

    #[test]
    fn low_and_narrow_places_get_the_row() {
        assert_eq!(MapLayout::fitting(390.0, 800.0).form, Form::Row);
        assert_eq!(MapLayout::fitting(800.0, 230.0).form, Form::Row);
        assert_eq!(MapLayout::fitting(800.0, 600.0).form, Form::Wide);
    }

    #[test]
    fn a_way_leaves_one_actor_and_reaches_the_other() {
        let near = |point: Point, rect: Rect| {
            let reach = 8.0;
            point.x >= rect.x - reach
                && point.x <= rect.x + rect.width + reach
                && point.y >= rect.y - reach
                && point.y <= rect.y + rect.height + reach
        };
        for (width, (one, other)) in [390.0, 900.0].into_iter().flat_map(|w| WIRES.map(|p| (w, p)))
        {
            let layout = MapLayout::fitting(width, 600.0);
            let way = layout.way(one, other);
            assert!(near(way.at(0.0), layout.place(one)), "{one:?}");
            assert!(near(way.at(1.0), layout.place(other)), "{other:?}");
            assert_ne!(way, layout.way(other, one));
        }
    }

    #[test]
    fn a_piece_begins_and_ends_on_its_way() {
        let way = MapLayout::fitting(390.0, 800.0).way(ActorKind::Kubectl, ActorKind::ApiServer);
        let (start, end) = (way.at(0.25), way.at(0.75));
        let piece = way.piece(0.25, 0.75);
        assert!(piece.starts_with(&format!("M{} ", start.text())), "{piece}");
        assert!(piece.ends_with(&format!(" {}", end.text())), "{piece}");
    }

    #[test]
    fn labels_of_wires_have_room_and_do_not_meet() {
        let layout = MapLayout::fitting(640.0, 600.0);
        for (one, other) in WIRES {
            let place = layout.label_place(one, other).expect("the wide form has labels");
            assert!(place.room >= 60.0, "{one:?} {}", place.room);
            assert_eq!(layout.label_place(other, one), Some(place));
        }
    }
}
