import Testing
import Tidy

@Suite("Tidy: calls that are banned outside their seam")
struct BannedCallsTests {
  private static let product = "Sources/FlintCore/A.swift"

  @Test(
    "each banned call is found, with its line",
    arguments: [
      "import Foundation", "internal import Foundation", "import Dispatch", "DispatchQueue.main.async {}",
      "let now = Date()", "let now = Date.now", "let clock = ContinuousClock()", "let clock: SuspendingClock",
      "try await Task.sleep(for: .seconds(1))", "try await Task<Never, Never>.sleep(for: .seconds(1))",
      "var generator = SystemRandomNumberGenerator()", "let die = Int.random(in: 1...6)", "names.shuffled()",
      "names.shuffle()", "names.randomElement()", "let id = UUID()", "Thread { }", "Thread.sleep(1)",
      "ProcessInfo.processInfo", "CommandLine.arguments", "try! open()", "@_silgen_name(\"swift_retain\")",
      "let shell = \"/bin/sh\"", "let text = \"now: \\(Date())\"",
    ])
  func found(call: String) {
    #expect(lines(of: BannedCalls(), at: Self.product, in: "let a = 1\n\(call)\n") == [2])
  }

  @Test(
    "each banned function of the C library is found where the library is imported",
    arguments: [
      "usleep(1)", "sleep(1)", "nanosleep(&a, &b)", "clock_gettime(CLOCK_REALTIME, &a)", "getrandom(&a, 8, 0)",
      "arc4random()", "pthread_create(&a, nil, b, nil)", "system(\"ls\")", "popen(\"ls\", \"r\")", "Glibc.fork()",
      "posix_spawn(&a, b, nil, nil, nil, nil)", "open(path, O_RDONLY)", "read(file, buffer, 1)",
      "write(file, buffer, 1)", "socket(AF_INET, 1, 0)", "Glibc.connect(a, b, c)", "getenv(\"HOME\")",
    ])
  func foundFunction(call: String) {
    #expect(lines(of: BannedCalls(), at: Self.product, in: "internal import Glibc\n\(call)\n") == [2])
  }

  @Test(
    "what only looks like a banned call passes",
    arguments: [
      "// Date() and Task.sleep", "/* import Foundation /* Date() */ */", "let a = \"Date() Task.sleep(1)\"",
      "let a = #\"try! \\(Date())\"#", "let a = \"\"\"\n  import Foundation\n  \"\"\"", "import FoundationEssentials",
      "Int.random(in: 1...6, using: &generator)", "names.shuffled(using: &generator)", "let candidate = Dated()",
      "try await files.open(path, .read)", "func open(_ path: FilePath) {}", "try await open(path, .read)",
      "stream.send(bytes)", "try await time.sleep(for: .seconds(1))", "func system() {}", "let random = 1", "try? a()",
      "let a = try !b()", "retry!.run()",
    ])
  func passed(call: String) {
    #expect(lines(of: BannedCalls(), at: Self.product, in: "internal import Glibc\n\(call)\n").isEmpty)
  }

  @Test("a function named like one of the C library is no such call in a file that does not import it")
  func withoutLibrary() {
    #expect(lines(of: BannedCalls(), at: Self.product, in: "write(1)\nopen(2)\n").isEmpty)
  }

  @Test("the seams' real side may call what the others may not; Foundation nobody")
  func exempt() {
    let text = "internal import Glibc\nopen(path, 0)\npthread_create(&a, nil, b, nil)\nlet now = ContinuousClock.now\n"
    #expect(lines(of: BannedCalls(), at: "Sources/FlintSystem/A.swift", in: text).isEmpty)
    #expect(lines(of: BannedCalls(), at: "Sources/FlintSystem/A.swift", in: "import Foundation\n") == [1])
  }

  @Test("deciders import no part of Foundation")
  func deciders() {
    let text = "internal import FoundationEssentials\n"
    #expect(lines(of: BannedCalls(), at: "Sources/FlintScheduling/A.swift", in: text) == [1])
  }

  @Test("tests wait for a state and never for time; the canary sleeps on purpose")
  func sleepingTests() {
    let text = "try await Task.sleep(for: .seconds(1))\n"
    #expect(lines(of: BannedCalls(), at: "Tests/CoreTests/A.swift", in: text) == [1])
    #expect(lines(of: BannedCalls(), at: "Tests/Support/SimulationCanary/A.swift", in: text).isEmpty)
  }

  @Test("the code under simulation is held to the product's laws")
  func underSimulation() {
    #expect(lines(of: BannedCalls(), at: "Tests/Support/ReplicatedRegister/A.swift", in: "Date()\n") == [1])
  }
}
