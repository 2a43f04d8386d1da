internal import FlintCore
internal import FlintSystem
internal import Glibc

/// Reads files that hold secrets. Read once, at a node's start, before its loop runs: it blocks.
enum SecretFile {
  /// Longer ones are not what they should be.
  private static let longest = 64 << 10

  /// The content of `path`. Throws `permission-denied` when it belongs to somebody else or others may read it, or when
  /// the path ends in a symbolic link.
  static func read(_ path: FilePath) throws(FlintError) -> Secret {
    // O_NONBLOCK: opening a pipe would otherwise wait for its other end.
    let descriptor = Descriptor(
      adopting: try withSystemText(path.string) { text throws(FlintError) in
        try systemCall("cannot open \(path)") { open(text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) }
      })
    let size = try checkedSize(descriptor, path)
    var bytes = [UInt8](repeating: 0, count: size)
    var count = 0
    while count < size {
      let got = try systemCall("cannot read \(path)") {
        bytes.withUnsafeMutableBytes { Glibc.read(descriptor.number, $0.baseAddress! + count, size - count) }
      }
      guard got > 0 else { break }
      count += got
    }
    return Secret(Array(bytes[..<count]))
  }

  /// The length of a file that may hold a secret.
  private static func checkedSize(_ descriptor: Descriptor, _ path: FilePath) throws(FlintError) -> Int {
    var status = stat()
    _ = try systemCall("cannot look at \(path)") { fstat(descriptor.number, &status) }
    let refusal: String? =
      if status.st_mode & S_IFMT != S_IFREG {
        "it is no regular file"
      } else if status.st_uid != geteuid() {
        "it belongs to another user"
      } else if status.st_mode & 0o077 != 0 {
        "others than its owner may use it: its mode is 0\(String(status.st_mode & 0o777, radix: 8))"
      } else {
        nil
      }
    if let refusal {
      throw FlintError(
        .permissionDenied, "\(path) cannot hold a secret", why: refusal,
        remedy: "make it a file of this user, with mode 0600; if others could read it, replace the secret, too")
    }
    guard status.st_size <= longest else {
      throw FlintError(
        .invalidArgument, "\(path) cannot hold a secret", why: "it is longer than \(ByteCount(Int64(longest)))")
    }
    return Int(status.st_size)
  }
}
