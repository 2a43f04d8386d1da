package import FlintCore
internal import Glibc

/// What an error number of the system means to Flint: the one table for files, sockets, threads and processes.
private struct ErrorNumberMeaning {
  let code: FlintError.Code
  /// Said after the system's own words, where those are not enough.
  var hint: String?
  var remedy: String?

  init(_ code: FlintError.Code, hint: String? = nil, remedy: String? = nil) {
    self.code = code
    self.hint = hint
    self.remedy = remedy
  }

  init(_ number: CInt) {
    switch number {
    // Files.
    case ENOENT: self.init(.fileNotFound)
    case ENOTDIR: self.init(.fileNotFound, hint: "a part of the path is a file")
    case EEXIST: self.init(.fileExists)
    case ENOTEMPTY: self.init(.fileExists, remedy: "remove what is in the directory first")
    case EISDIR: self.init(.invalidArgument, remedy: "give the path of a file")
    case EACCES, EPERM: self.init(.permissionDenied, remedy: "check owner and mode of the path and its directories")
    case EROFS: self.init(.permissionDenied, remedy: "choose a directory on a file system that can be written")
    case ELOOP:
      self.init(.permissionDenied, hint: "symbolic links are not followed here", remedy: "give the path it leads to")
    case ENOSPC: self.init(.diskFull, remedy: "free space, or choose a directory on another disk")
    case EDQUOT: self.init(.diskFull, remedy: "free space of this user, or raise the quota")
    case EFBIG: self.init(.diskFull, remedy: "raise the limit on file sizes (ulimit -f)")
    case EXDEV: self.init(.invalidArgument, remedy: "keep both paths on one file system")
    case ENAMETOOLONG, EINVAL, EBADF: self.init(.invalidArgument)
    case EMFILE: self.init(.tooManyOpenFiles, remedy: "raise the limit on open files (ulimit -n)")
    case ENFILE: self.init(.tooManyOpenFiles, remedy: "raise the machine's limit (sysctl fs.file-max)")
    case EIO, ESTALE, ENXIO, ENODEV: self.init(.inputOutput, remedy: "check the disk; the kernel's log tells more")

    // Network.
    case EADDRINUSE: self.init(.addressInUse, remedy: "stop the program that listens there, or choose another address")
    case ECONNREFUSED: self.init(.connectionRefused, remedy: "check that the peer runs and listens at this address")
    case ECONNRESET, ECONNABORTED, EPIPE, ENOTCONN: self.init(.connectionLost)
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL, ETIMEDOUT:
      self.init(.unreachable, remedy: "check the address, the route and the firewall")
    case EAFNOSUPPORT: self.init(.unsupportedPlatform)

    // Resources.
    case EAGAIN: self.init(.resourceExhausted, remedy: "raise the limit on processes and threads (ulimit -u)")
    case ENOMEM, ENOBUFS: self.init(.resourceExhausted, remedy: "give the machine or the container more memory")
    case ENOSYS, EOPNOTSUPP: self.init(.unsupportedPlatform)
    default: self.init(.inputOutput)
    }
  }
}

extension FlintError {
  /// The failure of a system call: `what` was tried, `number` is what errno said.
  package init(errorNumber number: CInt, _ what: String) {
    let meaning = ErrorNumberMeaning(number)
    let words = FlintError.systemWords(for: number)
    self.init(meaning.code, what, why: meaning.hint.map { "\(words): \($0)" } ?? words, remedy: meaning.remedy)
  }

  /// The system's own words for an error number.
  package static func systemWords(for number: CInt) -> String {
    String(cString: strerror(number))
  }
}
