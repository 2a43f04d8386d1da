import Testing
import Tidy

@Suite("Tidy: left-overs, top level, scripts")
struct SmallRulesTests {
  @Test(
    "a note to oneself is found in Swift, C and scripts",
    arguments: [("Sources/A/a.swift", "// TODO: later"), ("Sources/A/a.c", "/* FIXME */"), ("Scripts/a", "# XXX")])
  func leftOvers(path: String, text: String) {
    #expect(lines(of: LeftOvers(), at: path, in: "\n\(text)\n") == [2])
  }

  @Test("a stub that traps is found; a trap that says what went wrong passes")
  func stubs() {
    #expect(lines(of: LeftOvers(), at: "Sources/A/a.swift", in: "fatalError(\"not implemented\")\n") == [1])
    #expect(
      lines(of: LeftOvers(), at: "Sources/A/a.swift", in: "fatalError(\"no heap\")\nlet todo = \"TODO\"\n").isEmpty)
  }

  @Test("an unknown folder or file at the top level is found, the known ones and dot files pass")
  func topLevel() {
    let files = [
      "spikes/a.md", "notes.txt", "README.md", "Package.swift", "Sources/A/a.swift", ".ci/run", "Jobs/a.swift",
    ]
    let found = findings(of: TopLevel(), in: Dictionary(uniqueKeysWithValues: files.map { ($0, "") }))
    #expect(found.map(\.path) == ["notes.txt", "spikes/a.md"])
  }

  @Test("a script that its shell cannot read is found with its line, by bash and by sh")
  func scripts() throws {
    let repository = Repository(files: [
      "Scripts/broken": "#!/bin/bash\nif true; then\n", "Scripts/broken-sh": "#!/bin/sh\ncase a in esac; )\n",
      "Scripts/fine": "#!/bin/bash\nif true; then :; fi\n", "Scripts/list.txt": "if then\n",
      "Scripts/a.py": "#!/usr/bin/env python3\nif True: pass\n",
    ])
    let found = try ScriptSyntax(workFolder: Checkout.workFolder("scripts")).findings(in: repository)
    #expect(found.map(\.path) == ["Scripts/broken", "Scripts/broken-sh"])
    #expect(found.map(\.line).allSatisfy { (2...3).contains($0) })
  }
}
