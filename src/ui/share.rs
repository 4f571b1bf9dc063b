//! Links: a run deflated and inflated by the browser's own streams.

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::session::{Shared, link, share};
use crate::ui::browser;

/// Puts a run into the page's address, and the address into the clipboard if the browser lets us.
///
/// # Errors
/// When the browser has no compression streams.
pub async fn hand_on(shared: Shared) -> Result<String, String> {
    let payload = shared.write().into_bytes();
    let deflated = through("CompressionStream", &payload, usize::MAX).await;
    let fragment = link::fragment(&deflated.map_err(|error| format!("{error:?}"))?);
    let window = browser::window().ok_or("no window")?;
    let history = window.history().map_err(|error| format!("{error:?}"))?;
    let address = format!("#{fragment}");
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    let href = window.location().href().unwrap_or(address);
    // Without leave to write, the address bar still has it.
    let _ = JsFuture::from(window.navigator().clipboard().write_text(&href)).await;
    Ok(href)
}

/// The run in the page's address: `None` if there is none there.
///
/// # Errors
/// When what is there cannot be read.
pub async fn handed() -> Option<Result<Shared, ()>> {
    let hash = browser::window()?.location().hash().ok()?;
    let text = hash.strip_prefix('#').filter(|text| text.starts_with('v'))?;
    Some(inflated(text).await.ok_or(()))
}

async fn inflated(text: &str) -> Option<Shared> {
    let deflated = link::deflated(text)?;
    let bytes = through("DecompressionStream", &deflated, share::PAYLOAD_MAX).await.ok()?;
    Shared::read(std::str::from_utf8(&bytes).ok()?)
}

/// `bytes` through a stream of the browser, up to `limit` bytes of outcome.
async fn through(stream: &str, bytes: &[u8], limit: usize) -> Result<Vec<u8>, JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &stream.into())?.dyn_into()?;
    let stream = Reflect::construct(&class, &Array::of1(&"deflate-raw".into()))?;
    let writer = call(&Reflect::get(&stream, &"writable".into())?, "getWriter", &[])?;
    let reader = call(&Reflect::get(&stream, &"readable".into())?, "getReader", &[])?;
    for promise in
        [call(&writer, "write", &[Uint8Array::from(bytes).into()])?, call(&writer, "close", &[])?]
    {
        // A broken stream is told by the reader; these promises must not fail unheard.
        let promise = promise.unchecked_into::<js_sys::Promise>();
        spawn_local(async move { drop(JsFuture::from(promise).await) });
    }
    let mut out = Vec::new();
    loop {
        let promise = call(&reader, "read", &[])?.unchecked_into::<js_sys::Promise>();
        let chunk = JsFuture::from(promise).await?;
        if Reflect::get(&chunk, &"done".into())?.is_truthy() {
            return Ok(out);
        }
        let part: Uint8Array = Reflect::get(&chunk, &"value".into())?.dyn_into()?;
        if out.len() + part.length() as usize > limit {
            let _ = call(&reader, "cancel", &[]);
            return Err("too long".into());
        }
        out.extend(part.to_vec());
    }
}

fn call(target: &JsValue, method: &str, args: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(target, &method.into())?.dyn_into()?;
    function.apply(target.unchecked_ref::<Object>(), &args.iter().cloned().collect::<Array>())
}
