import FlintClosures
import FlintCore
import Glibc

/// Ships closures of every kind to executor processes of its own and compares what they compute there and here.
///
/// `--list` names the cases; `--case NAME` runs one; `--all` runs all, `--of-library` those of the library, each with a new executor. One line a case: `PASS`
/// or `FAIL`, its name, and what happened. With `--library FILE` the driver and its executors load that library first, and
/// `--library-build BUILD` says how it was built.
@main struct ClosureMatrix {
  static func main() async {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let library = take("--library", from: &arguments)
    let build = take("--library-build", from: &arguments).flatMap(LibraryBuild.init) ?? .usual
    if let library, dlopen(library, RTLD_NOW | RTLD_GLOBAL) == nil {
      print("FAIL library \(dlerror().map { String(cString: $0) } ?? "?")")
      exit(2)
    }
    let cases = MatrixCase.all.compactMap { $0.with(library: library == nil ? nil : build) }
    switch (arguments.first, arguments.dropFirst().first) {
    case ("--executor", nil): await MatrixExecutor.serve()
    case ("--list", nil): cases.forEach { print($0.name) }
    case ("--all", nil): await run(cases, library)
    case ("--of-library", nil): await run(cases.filter { $0.libraryRefusals != nil }, library)
    case ("--case", let name?): await run(cases.filter { $0.name == name }, library)
    default:
      print(
        "usage: closure-matrix [--library FILE [--library-build BUILD]] --list | --all | --of-library | --case NAME")
      exit(2)
    }
  }

  private static func take(_ option: String, from arguments: inout [String]) -> String? {
    guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return nil }
    defer { arguments.removeSubrange(index...(index + 1)) }
    return arguments[index + 1]
  }

  private static func run(_ cases: [MatrixCase], _ library: String?) async {
    for entry in cases {
      let result = await entry.result(with: MatrixRig(library: library))
      print(result.isPass ? "PASS" : "FAIL", entry.name, result.detail)
    }
  }
}
