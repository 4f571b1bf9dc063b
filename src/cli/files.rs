//! What the commands share: reading the file they are given, and ending.

/// The text of a file. The error is what kubectl says of a file that is not there.
pub fn text_of(file: &str) -> Result<String, String> {
    let bytes = std::fs::read(file);
    let bytes = bytes.map_err(|_| format!("error: the path \"{file}\" does not exist"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The exit code after the last word. A reader that went away (`| head`) is no reason to complain.
pub fn finish(_written: std::io::Result<()>, code: i32) -> i32 {
    code
}
