import CFlint
import FlintClosures
import FlintCore
import FlintSystem
import Glibc

/// The other process: reads one closure from its standard input, runs it, prints what it returned.
enum MatrixExecutor {
  struct Answer {
    /// Where the program stands in the executor's memory.
    let base: String
    let lines: [String]
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Where the program stands in this process's memory.
  static let base: String = {
    var base: UInt = 0
    flint_images_visit(
      { image, context in
        guard let image, let base = context?.assumingMemoryBound(to: UInt.self), base.pointee == 0 else { return }
        base.pointee = image.pointee.base
      }, &base)
    return String(base, radix: 16)
  }()

  static func serve() async {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(0, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    print("base", base)
    do {
      for line in try await ShippedClosure.decode(bytes, as: MatrixJob.self).run() { print("line", line) }
      print("done")
    } catch {
      print("error", error)
    }
  }

  /// Starts an executor, sends it `closure`, and waits for its answer and its end.
  static func run(_ closure: [UInt8], library: String?) async throws -> Answer {
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let arguments = (library.map { ["--library", $0] } ?? []) + ["--executor"]
    let process = try await launcher.launch(
      ProcessCommand("/proc/self/exe", arguments, output: .piped, pipesInput: true))
    async let output = process.output.reduce(into: [UInt8]()) { $0 += $1 }
    // An executor that died early no longer reads; its end says more.
    try? await process.write(closure)
    await process.finishInput()
    let text = String(decoding: try await output, as: UTF8.self)
    let exit = try await process.exit()
    let parts = text.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
    guard exit.isSuccess, let base = parts.first?.last, parts.last?.first == "done" else {
      throw Failure(description: "executor (\(exit)): \(text)")
    }
    return Answer(base: base, lines: parts.filter { $0.first == "line" }.map { $0.count > 1 ? $0[1] : "" })
  }
}
