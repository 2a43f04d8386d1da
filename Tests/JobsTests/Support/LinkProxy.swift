import FlintCore
import FlintSystem

/// A proxy in the links of one application, as `Tests/Support/LinkProxy/proxy.py` says.
struct LinkProxy {
  private let process: any LaunchedProcess
  private let place: Workplace
  private let log: FilePath
  /// What the settings name.
  let folder: FilePath

  /// Runs one for the links with these names while `body` runs.
  static func use<Value>(
    _ names: [String], in place: Workplace, _ body: (LinkProxy) async throws -> Value
  ) async throws -> Value {
    let (folder, log) = (place.folder / "links", place.folder / "passed")
    _ = try await Shell.run("touch passed", [], in: place.folder)
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let script = Repository.root / "Tests" / "Support" / "LinkProxy" / "proxy.py"
    let process = try await launcher.launch(
      ProcessCommand(
        "/usr/bin/python3", ["-B", script.string, folder.string, place.nodes.string, log.string] + names,
        output: .piped, pipesInput: true))
    // It says one word when it listens.
    for try await _ in process.output { break }
    let proxy = LinkProxy(process: process, place: place, log: log, folder: folder)
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(proxy)) } catch { outcome = .failure(error) }
    await process.finishInput()
    _ = try await process.exit()
    _ = try await Shell.run("rm -r links passed", [], in: place.folder)
    return try outcome.get()
  }

  /// The links over which bytes went both ways on connections that are over.
  func passed() async throws -> Set<String> {
    Set(String(decoding: try await place.read(log), as: UTF8.self).split(separator: "\n").map(String.init))
  }
}
