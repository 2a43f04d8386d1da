import Testing
import Tidy

@Suite("Tidy: this repository")
struct HouseTests {
  @Test("all laws of the house hold")
  func holds() throws {
    let house = House(
      root: Checkout.root, buildFolder: Checkout.buildFolder, workFolder: Checkout.workFolder("house"))
    let findings = try house.findings()
    #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
  }

  @Test("the scripts' flags refuse an expression that the compiler takes too long for")
  func longExpressions() throws {
    let flags = try Tool.run(
      "bash", ["-c", ". \"$0/Scripts/lib.sh\"; echo \"${BUILD_FLAGS[*]}\"", Checkout.root],
      outputFile: try work("flags.txt")
    ).output.split { " \n".contains($0) }.map(String.init)
    let compilerFlags = flags.indices.filter { $0 > 0 && flags[$0 - 1] == "-Xswiftc" }.map { flags[$0] }
    #expect(!compilerFlags.isEmpty)
    let slow = "let a = [1, 2.0, 3].map { $0 * 2 + 1 / 3 - -4 + 5 * 6 - 7 / 8 + (9 - 1) * 2 }.reduce(0, +) + 1 + 2.5\n"
    #expect(try typecheck(slow, compilerFlags).contains("expression took"))
    #expect(try typecheck("let a = 1 + 2\n", compilerFlags).isEmpty)
  }

  private func typecheck(_ code: String, _ flags: [String]) throws -> String {
    let file = try work("slow.swift")
    try Folder.write(code, to: file)
    return try Tool.run(
      "swiftc", ["-typecheck", "-swift-version", "6"] + flags + [file], outputFile: try work("said.txt")
    ).output
  }

  private func work(_ name: String) throws -> String {
    let folder = Checkout.workFolder("compiler")
    try Folder.make(folder)
    return folder + "/" + name
  }

  @Test("the benchmarks' measuring sees the whole tree of processes")
  func measuring() throws {
    let folder = Checkout.workFolder("measuring")
    try Folder.makeEmpty(folder)
    let run = try Tool.run(
      "env", ["-C", Checkout.root, "python3", "-B", "Scripts/bench.d/test_measure.py"], outputFile: folder + "/said.txt"
    )
    #expect(run.exitCode == 0, "\(run.output)")
  }
}
