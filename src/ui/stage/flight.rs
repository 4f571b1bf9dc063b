//! A message on its way: how far it is, and what of its trace is still seen.

use std::cmp::Reverse;

use crate::base::{SimTime, sort_by_key};
use crate::session::view::{ActorKind, FLIGHT_AFTERGLOW, FlightView};

/// Where a message is, in parts of its way.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Progress {
    /// The end of its trace that is left behind.
    pub tail: f64,
    /// How far the message is.
    pub head: f64,
    /// How bright its trace is, from 1 to 0.
    pub glow: f64,
    /// It has arrived.
    pub arrived: bool,
}

/// Where a message is at `now`; `None`: it is not sent yet, or no longer seen.
pub fn progress(flight: &FlightView, now: SimTime) -> Option<Progress> {
    if now < flight.sent {
        return None;
    }
    if now < flight.arrives {
        let head = part(now.since(flight.sent), flight.arrives.since(flight.sent));
        return Some(Progress { tail: 0.0, head, glow: 1.0, arrived: false });
    }
    let faded = part(now.since(flight.arrives), FLIGHT_AFTERGLOW);
    // The trace is drawn in from behind, so that its direction is seen; it is gone before it fades.
    let tail = (faded * 1.6).min(1.0);
    (faded < 1.0).then(|| Progress {
        tail: ease(tail),
        head: 1.0,
        glow: 1.0 - faded,
        arrived: true,
    })
}

fn part(of: SimTime, whole: SimTime) -> f64 {
    of.as_ms() as f64 / whole.as_ms().max(1) as f64
}

fn ease(part: f64) -> f64 {
    part * part * (3.0 - 2.0 * part)
}

/// What is seen on the wire between two actors, newest first.
#[derive(Clone, PartialEq, Debug)]
pub struct Wire<'a> {
    /// The two, in order.
    pub ends: (ActorKind, ActorKind),
    /// Its messages.
    pub flights: Vec<(&'a FlightView, Progress)>,
}

/// The messages that are seen at `now`, by wire.
pub fn wires(flights: &[FlightView], now: SimTime) -> Vec<Wire<'_>> {
    let mut wires: Vec<Wire<'_>> = Vec::new();
    let mut seen: Vec<(&FlightView, Progress)> =
        flights.iter().filter_map(|flight| Some((flight, progress(flight, now)?))).collect();
    sort_by_key(&mut seen, |(flight, _)| Reverse((flight.sent, flight.id)));
    for (flight, progress) in seen {
        let ends = (flight.from.min(flight.to), flight.from.max(flight.to));
        match wires.iter_mut().find(|wire| wire.ends == ends) {
            Some(wire) => wire.flights.push((flight, progress)),
            None => wires.push(Wire { ends, flights: vec![(flight, progress)] }),
        }
    }
    wires
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flight(id: u64, from: ActorKind, to: ActorKind, sent: u64, arrives: u64) -> FlightView {
        let (sent, arrives) = (SimTime::ms(sent), SimTime::ms(arrives));
        FlightView { id, from, to, label: String::new(), sent, arrives }
    }

    fn at(now: u64) -> Option<Progress> {
        let flight = flight(1, ActorKind::Kubectl, ActorKind::ApiServer, 100, 140);
        progress(&flight, SimTime::ms(now))
    }

    #[test]
    fn a_message_is_where_its_times_say() {
        assert_eq!(at(99), None);
        assert_eq!(at(110).map(|p| (p.head, p.tail, p.arrived)), Some((0.25, 0.0, false)));
        assert_eq!(at(140).map(|p| (p.head, p.tail, p.arrived)), Some((1.0, 0.0, true)));
        assert_eq!(at(140 + FLIGHT_AFTERGLOW.as_ms()), None);
    }

    #[test]
    fn its_trace_fades_and_never_comes_back() {
        let glows: Vec<f64> = (140..1640).step_by(50).filter_map(at).map(|p| p.glow).collect();
        assert!(glows.windows(2).all(|pair| pair[1] < pair[0]));
        assert!(glows.len() > 20);
    }

    #[test]
    fn both_directions_share_a_wire_and_the_newest_is_first() {
        use ActorKind::{ApiServer, Kubectl, Kubelet};
        let flights = [
            flight(1, Kubectl, ApiServer, 0, 10),
            flight(2, ApiServer, Kubelet, 10, 20),
            flight(3, ApiServer, Kubectl, 12, 22),
            flight(4, Kubelet, ApiServer, 5000, 5001),
        ];
        let wires = wires(&flights, SimTime::ms(30));
        let ids: Vec<Vec<u64>> = wires
            .iter()
            .map(|wire| wire.flights.iter().map(|(flight, _)| flight.id).collect())
            .collect();
        assert_eq!(ids, [vec![3, 1], vec![2]]);
    }

    #[test]
    fn a_message_that_takes_no_time_has_arrived() {
        let flight = flight(1, ActorKind::Kubelet, ActorKind::Runtime, 5, 5);
        assert!(progress(&flight, SimTime::ms(5)).is_some_and(|p| p.arrived));
    }
}
