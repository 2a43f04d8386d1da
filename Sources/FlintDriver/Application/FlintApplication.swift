internal import FlintCore
public import FlintDatasets
internal import FlintExecution
internal import FlintLaunch
internal import FlintSystem

/// A program that runs jobs: one binary, which is the driver and every executor.
///
/// ```swift
/// import Flint
///
/// @main struct Squares: FlintApplication {
///   struct Options: ApplicationOptions { var count = 1000 }
///   static let summary = "Adds up squares."
///
///   static func run(_ flint: Session, _ options: Options) async throws {
///     print(try await flint.range(0..<options.count).map { $0 * $0 }.reduce(+) ?? 0)
///   }
/// }
/// ```
///
/// The driver's process calls ``run(_:_:)``; an executor's never does. The command line comes from `Options`: every
/// property is an option, `inputGreen` is `--input-green`. A property that is no optional must be given, except `Bool`,
/// which is then false, and lists, which are then empty. Other defaults: ``FlintLaunch/ApplicationOptions``.
///
/// Where the jobs run is the setting `flint.master`, `local[*]` by default: from `--conf`, a configuration file, or the
/// environment (`FLINT_MASTER`, and `FLINT_CONF` for any settings).
///
/// The exit code is 0 when ``run(_:_:)`` returns, 1 when it throws, and 2 when a command line or a setting is wrong, or when
/// this build cannot send closures. SIGINT and SIGTERM cancel ``run(_:_:)``, and with it its jobs; then the code is 128 and
/// the signal's number, also when ``run(_:_:)`` does not return soon. A second one ends the process at once.
public protocol FlintApplication: SendableMetatype {
  /// What the command line gives: a struct whose properties are texts, numbers, `Bool`, sizes, durations, enums with raw
  /// values that are `CaseIterable`, and optionals and lists of these.
  associatedtype Options: Decodable & Sendable

  /// What the program does, in a sentence, for `--help`.
  static var summary: String { get }

  /// Runs the jobs. On the driver only.
  static func run(_ flint: Session, _ options: Options) async throws
}

extension FlintApplication {
  /// None.
  public static var summary: String { "" }

  /// The start of the process, driver or executor. Before any Swift task runs it sets the hash seed. Never returns.
  public static func main() {
    ApplicationEntry.enter(driver: { await drive($0) }, executor: ExecutorProcess.run)
  }

  /// On the driver: reads the command line and the settings, runs, and returns the exit code.
  private static func drive(_ surroundings: ProcessSurroundings) async -> Int32 {
    let started: ApplicationStart
    let options: Options
    do {
      let line = try CommandLineOptions<Options>(
        surroundings.arguments, program: surroundings.program, summary: summary)
      switch line {
      case .help(let page):
        print(page, terminator: "")
        return 0
      case .run(let given, let settings):
        options = given
        started = try await ApplicationStart.start(surroundings, commandLine: settings, isApplication: true)
      }
    } catch {
      return failed(error, code: ApplicationEntry.wrongStart)
    }
    let work = Task { try await run(started.session, options) }
    let request = EndRequest.listen(on: started.context, limits: started.limits) {
      work.cancel()
    } force: { request in
      let error = FlintError(.jobCancelled, "the program was told to end, and went on")
      await started.endAroundProgram(.killed, error)
      ApplicationEntry.leave(failed(error, code: request.code ?? 1))
    }
    do {
      try await work.value
      await request.close()
      await started.end(.succeeded, nil)
      return 0
    } catch {
      await request.close()
      await started.end(request.code == nil ? .failed : .killed, error)
      return failed(error, code: request.code ?? 1)
    }
  }

  private static func failed(_ error: any Error, code: Int32) -> Int32 {
    StandardError.say((error as? FlintError)?.rendered() ?? "error: \(error)")
    return code
  }
}
