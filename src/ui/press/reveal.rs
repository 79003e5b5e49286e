//! Shows a file in the file manager.

use std::path::Path;
use std::process::Command;

/// Opens a file or folder with the system's program for it; false when there is none. Blocks: some systems tell only when
/// that program ends.
pub fn open(path: &Path) -> bool {
    // xdg-open tells by its status that no program was found; `opener` does not wait for it.
    if cfg!(all(unix, not(target_os = "macos")))
        && let Ok(status) = Command::new("xdg-open").arg(path).status()
    {
        return status.success();
    }
    opener::open(path).is_ok()
}

/// Shows a file in its folder, marked where the file manager can do that; else the folder alone. False when nothing would.
/// Blocks for some seconds at most, or like [`open`].
pub fn reveal(path: &Path) -> bool {
    if path.is_dir() {
        return open(path);
    }
    let is_shown = command(path).and_then(|mut command| command.status().ok()).is_some_and(|status| status.success());
    // Explorer tells a failure even when it shows the file.
    is_shown || cfg!(windows) || open(path.parent().unwrap_or(path))
}

#[cfg(windows)]
fn command(path: &Path) -> Option<Command> {
    use std::os::windows::process::CommandExt as _;
    let mut command = Command::new("explorer");
    // Explorer reads its line itself: the comma and the quotation marks must stand just so.
    command.raw_arg(format!("/select,\"{}\"", path.display()));
    Some(command)
}

#[cfg(target_os = "macos")]
fn command(path: &Path) -> Option<Command> {
    let mut command = Command::new("open");
    command.arg("-R").arg(path);
    Some(command)
}

/// The desktops' common call (freedesktop FileManager1), by the command that comes with D-Bus.
#[cfg(all(unix, not(target_os = "macos")))]
fn command(path: &Path) -> Option<Command> {
    let mut command = Command::new("dbus-send");
    command.args([
        "--session",
        "--print-reply",
        "--reply-timeout=2000",
        "--dest=org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1.ShowItems",
    ]);
    command.arg(format!("array:string:{}", address(path)?)).arg("string:");
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    Some(command)
}

/// A file's address, with everything but letters and digits of ASCII in hexadecimal.
#[cfg(all(unix, not(target_os = "macos")))]
fn address(path: &Path) -> Option<String> {
    use std::os::unix::ffi::OsStrExt as _;
    let path = std::path::absolute(path).ok()?;
    let mut out = "file://".to_owned();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => out.push(char::from(*byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    Some(out)
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_nothing_that_a_list_would_cut() {
        let made = address(Path::new("/tmp/剪报, 三月.pdf")).unwrap();
        assert_eq!(made, "file:///tmp/%E5%89%AA%E6%8A%A5%2C%20%E4%B8%89%E6%9C%88.pdf");
    }
}
