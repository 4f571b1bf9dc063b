//! The macro: markup in, a text with holes and the values of the holes out.

/// Nodes from markup, in Yew's syntax but for components: those stand in [`part!`].
macro_rules! html {
    // Children. A hole with many nodes, a hole, a condition, a tag, a text.
    (@c [$($s:tt)*] [$($d:tt)*]) => {
        $crate::ui::markup::build(
            const { $crate::ui::markup::checked(stringify!($($s)*)) },
            &mut [$($d)*],
        )
    };
    (@c [$($s:tt)*] [$($d:tt)*] { for $($e:tt)* } $($r:tt)*) => {
        $crate::ui::markup::html!(@c [$($s)* {}] [$($d)* $crate::ui::markup::each($($e)*),] $($r)*)
    };
    (@c [$($s:tt)*] [$($d:tt)*] { $($e:tt)* } $($r:tt)*) => {
        $crate::ui::markup::html!(@c [$($s)* {}]
            [$($d)* $crate::ui::markup::IntoSlot::slot($($e)*),] $($r)*)
    };
    (@c [$($s:tt)*] [$($d:tt)*] if $($r:tt)*) => {
        $crate::ui::markup::html!(@i [$($s)*] [$($d)*] [] $($r)*)
    };
    (@c [$($s:tt)*] [$($d:tt)*] < / $n:ident > $($r:tt)*) => {
        $crate::ui::markup::html!(@c [$($s)* < / >] [$($d)*] $($r)*)
    };
    (@c [$($s:tt)*] [$($d:tt)*] < / > $($r:tt)*) => {
        $crate::ui::markup::html!(@c [$($s)* < / >] [$($d)*] $($r)*)
    };
    (@c [$($s:tt)*] [$($d:tt)*] < > $($r:tt)*) => {
        $crate::ui::markup::html!(@c [$($s)* < >] [$($d)*] $($r)*)
    };
    (@c [$($s:tt)*] [$($d:tt)*] < $n:ident $($r:tt)*) => {
        $crate::ui::markup::html!(@t [$($s)* < $n] [$($d)*] $($r)*)
    };
    (@c [$($s:tt)*] [$($d:tt)*] $text:literal $($r:tt)*) => {
        $crate::ui::markup::html!(@c [$($s)* $text] [$($d)*] $($r)*)
    };

    // Inside a tag: its end, an attribute with a value, one named as its value, a name.
    (@t [$($s:tt)*] [$($d:tt)*] / > $($r:tt)*) => {
        $crate::ui::markup::html!(@c [$($s)* / >] [$($d)*] $($r)*)
    };
    (@t [$($s:tt)*] [$($d:tt)*] > $($r:tt)*) => {
        $crate::ui::markup::html!(@c [$($s)* >] [$($d)*] $($r)*)
    };
    (@t [$($s:tt)*] [$($d:tt)*] $n:ident = { $($e:tt)* } $($r:tt)*) => {
        $crate::ui::markup::html!(@t [$($s)* $n = {}]
            [$($d)* $crate::ui::markup::hole!($n { $($e)* }),] $($r)*)
    };
    (@t [$($s:tt)*] [$($d:tt)*] = $text:literal $($r:tt)*) => {
        $crate::ui::markup::html!(@t [$($s)* = $text] [$($d)*] $($r)*)
    };
    (@t [$($s:tt)*] [$($d:tt)*] { $n:ident } $($r:tt)*) => {
        $crate::ui::markup::html!(@t [$($s)* $n = {}]
            [$($d)* $crate::ui::markup::hole!($n { $n }),] $($r)*)
    };
    (@t [$($s:tt)*] [$($d:tt)*] $n:tt $($r:tt)*) => {
        $crate::ui::markup::html!(@t [$($s)* $n] [$($d)*] $($r)*)
    };

    // Behind `if`: up to the first braces is the condition.
    (@i [$($s:tt)*] [$($d:tt)*] [$($c:tt)*] { $($y:tt)* } else { $($n:tt)* } $($r:tt)*) => {
        $crate::ui::markup::html!(@c [$($s)* {}] [$($d)* $crate::ui::markup::IntoSlot::slot(
            if $($c)* { $crate::ui::markup::html!($($y)*) }
            else { $crate::ui::markup::html!($($n)*) }),] $($r)*)
    };
    (@i [$($s:tt)*] [$($d:tt)*] [$($c:tt)*] { $($y:tt)* } $($r:tt)*) => {
        $crate::ui::markup::html!(@c [$($s)* {}] [$($d)* $crate::ui::markup::IntoSlot::slot(
            if $($c)* { Some($crate::ui::markup::html!($($y)*)) } else { None }),] $($r)*)
    };
    (@i [$($s:tt)*] [$($d:tt)*] [$($c:tt)*] $t:tt $($r:tt)*) => {
        $crate::ui::markup::html!(@i [$($s)*] [$($d)*] [$($c)* $t] $($r)*)
    };

    ($($all:tt)*) => { $crate::ui::markup::html!(@c [] [] $($all)*) };
}

/// The value of an attribute; that of an `on…` says which event it takes.
macro_rules! hole {
    (onclick $e:block) => {
        $crate::ui::markup::on::<web_sys::MouseEvent>($e)
    };
    (oninput $e:block) => {
        $crate::ui::markup::on::<web_sys::InputEvent>($e)
    };
    (onkeydown $e:block) => {
        $crate::ui::markup::on::<web_sys::KeyboardEvent>($e)
    };
    (onkeyup $e:block) => {
        $crate::ui::markup::on::<web_sys::KeyboardEvent>($e)
    };
    (onfocus $e:block) => {
        $crate::ui::markup::on::<web_sys::FocusEvent>($e)
    };
    (onfocusin $e:block) => {
        $crate::ui::markup::on::<web_sys::FocusEvent>($e)
    };
    (onfocusout $e:block) => {
        $crate::ui::markup::on::<web_sys::FocusEvent>($e)
    };
    (onblur $e:block) => {
        $crate::ui::markup::on::<web_sys::FocusEvent>($e)
    };
    (onchange $e:block) => {
        $crate::ui::markup::on::<web_sys::Event>($e)
    };
    (onpaste $e:block) => {
        $crate::ui::markup::on::<web_sys::Event>($e)
    };
    (onclose $e:block) => {
        $crate::ui::markup::on::<web_sys::Event>($e)
    };
    (onscroll $e:block) => {
        $crate::ui::markup::on::<web_sys::Event>($e)
    };
    (onselect $e:block) => {
        $crate::ui::markup::on::<web_sys::Event>($e)
    };
    (ontoggle $e:block) => {
        $crate::ui::markup::on::<web_sys::Event>($e)
    };
    (onpointerdown $e:block) => {
        $crate::ui::markup::on::<web_sys::PointerEvent>($e)
    };
    (onpointermove $e:block) => {
        $crate::ui::markup::on::<web_sys::PointerEvent>($e)
    };
    (onpointerup $e:block) => {
        $crate::ui::markup::on::<web_sys::PointerEvent>($e)
    };
    (onpointercancel $e:block) => {
        $crate::ui::markup::on::<web_sys::PointerEvent>($e)
    };
    (onpointerleave $e:block) => {
        $crate::ui::markup::on::<web_sys::PointerEvent>($e)
    };
    ($n:ident $e:block) => {
        $crate::ui::markup::IntoSlot::slot($e)
    };
}

/// A component with its properties, in Yew's syntax.
macro_rules! part {
    ($($all:tt)*) => { yew::html! { $($all)* } };
}

pub(crate) use {hole, html, part};
