internal import FlintCore
internal import FlintLaunch
internal import FlintSystem
internal import Glibc

/// The `flint` program: makes packages for jobs, shows settings, and looks at nodes.
@main struct FlintCommand {
  static func main() async {
    let surroundings = ProcessSurroundings()
    do {
      let files = SystemFileSystem(threads: try FileThreads(count: 1))
      print(try await output(surroundings, files), terminator: "")
    } catch let error as FlintError {
      StandardError.say(error.rendered())
      exit([.invalidArgument, .invalidSetting, .unknownSetting].contains(error.code) ? 2 : 1)
    } catch {
      StandardError.say("flint: \(error)")
      exit(1)
    }
  }

  /// Does what the command line says, and returns what is to be printed.
  private static func output(_ surroundings: ProcessSurroundings, _ files: any FileSystem) async throws -> String {
    let rest = Array(surroundings.arguments.dropFirst())
    switch try Verb(surroundings.arguments.first) {
    case .help: return Verb.page
    case .version: return "flint \(FlintVersion.current)\n"
    case .new: return try await NewPackage.run(rest, files)
    case .inspect: return try await InspectNodes.run(rest, files)
    case .config: return try await ShowConfiguration.run(rest, surroundings.environment, files)
    }
  }
}
