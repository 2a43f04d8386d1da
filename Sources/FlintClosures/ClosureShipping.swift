public import FlintCore

/// Whether closures can be shipped at all by this program.
///
/// Shipping reads structures of the compiler and the runtime that no language rule fixes. They are checked where they are
/// read, and as a whole here, at the start of a process and before any user's closure.
public enum ClosureShipping {
  /// Ships a few closures of this module to this process and compares what they compute.
  ///
  /// Throws `unsupported-platform` when one does not come back as it was: then nothing may be shipped.
  public static func selfTest() throws(FlintError) {
    do throws(FlintError) {
      for probe in ClosureProbe.all { try probe.check() }
    } catch {
      throw FlintError(
        .unsupportedPlatform, "this program cannot send closures to other processes", why: error.why ?? error.what,
        remedy: "build it with the version of Swift that Flint is tested with", cause: error)
    }
  }

  /// Such as `9cc7…`: processes whose programs have equal build-ids can send closures to each other. Nil for a program
  /// that was linked without one, which cannot.
  public static var programBuildID: String? { LoadedImages.current().program.buildID?.description }
}
