//! Why a system call fails, in the words `strerror` has for it.

use std::fmt;

/// An error of a simulated system call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Errno {
    /// EPERM
    NotPermitted,
    /// ENOENT
    NotFound,
    /// ESRCH
    NoProcess,
    /// E2BIG
    TooBig,
    /// EBADF
    BadDescriptor,
    /// ECHILD, EAGAIN: no more processes
    Again,
    /// EACCES
    Permission,
    /// EBUSY
    Busy,
    /// EEXIST
    Exists,
    /// EXDEV
    CrossDevice,
    /// ENOTDIR
    NotDirectory,
    /// EISDIR
    IsDirectory,
    /// EINVAL
    Invalid,
    /// EMFILE
    TooManyFiles,
    /// ENOSPC
    NoSpace,
    /// EROFS
    ReadOnly,
    /// EPIPE
    BrokenPipe,
    /// ELOOP
    Loop,
    /// ENAMETOOLONG
    NameTooLong,
    /// ENOTEMPTY
    NotEmpty,
    /// ENXIO
    NoDevice,
    /// EIO
    Io,
    /// EADDRINUSE
    AddressInUse,
    /// EADDRNOTAVAIL
    NoAddress,
    /// ENOTCONN
    NotConnected,
    /// ECONNREFUSED
    Refused,
    /// ECONNRESET
    Reset,
    /// ETIMEDOUT
    TimedOut,
    /// EHOSTUNREACH
    HostUnreachable,
}

impl Errno {
    /// The text of `strerror`.
    pub const fn text(self) -> &'static str {
        match self {
            Errno::NotPermitted => "Operation not permitted",
            Errno::NotFound => "No such file or directory",
            Errno::NoProcess => "No such process",
            Errno::TooBig => "Argument list too long",
            Errno::BadDescriptor => "Bad file descriptor",
            Errno::Again => "Resource temporarily unavailable",
            Errno::Permission => "Permission denied",
            Errno::Busy => "Device or resource busy",
            Errno::Exists => "File exists",
            Errno::CrossDevice => "Invalid cross-device link",
            Errno::NotDirectory => "Not a directory",
            Errno::IsDirectory => "Is a directory",
            Errno::Invalid => "Invalid argument",
            Errno::TooManyFiles => "Too many open files",
            Errno::NoSpace => "No space left on device",
            Errno::ReadOnly => "Read-only file system",
            Errno::BrokenPipe => "Broken pipe",
            Errno::Loop => "Too many levels of symbolic links",
            Errno::NameTooLong => "File name too long",
            Errno::NotEmpty => "Directory not empty",
            Errno::NoDevice => "No such device or address",
            Errno::Io => "Input/output error",
            Errno::AddressInUse => "Address already in use",
            Errno::NoAddress => "Cannot assign requested address",
            Errno::NotConnected => "Transport endpoint is not connected",
            Errno::Refused => "Connection refused",
            Errno::Reset => "Connection reset by peer",
            Errno::TimedOut => "Connection timed out",
            Errno::HostUnreachable => "No route to host",
        }
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
