internal import Glibc

/// The user that this process runs as.
public enum SystemUser {
  /// The system's number for the user: whose processes a node on this machine believes.
  public static var number: UInt32 { geteuid() }
}
