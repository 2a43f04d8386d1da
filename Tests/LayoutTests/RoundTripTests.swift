import BuiltPrograms
import FlintCore
import FlintLayout
import LayoutSamples
import Testing

/// Values come back as they went, and what is damaged comes back not at all.
@Suite("Round trips of layouts", .timeLimit(.minutes(5)))
struct RoundTripTests {
  @Test("every sample comes back as it went, in both forms, by memory and by interface", arguments: Sample.all)
  func sample(sample: Sample) throws {
    for form in BlockForm.allCases {
      for usesInterfaces in [false, true] {
        #expect(try sample.roundTrip(65, form, usesInterfaces) == nil)
      }
    }
  }

  @Test("both builds agree on every sample's layout, and each gets all of them right in every size of batch")
  func builds() async throws {
    #expect(Sample.all.count >= 40)
    var reports: [[String]] = []
    for build in BuiltProgram.Build.allCases {
      let result = try await LayoutProgram.run(BuiltProgram("layout-check", build))
      #expect(result.exit == .exited(0), "\(result.lines.prefix(5))")
      #expect(result.lines.contains("types=\(Sample.all.count) failures=0"))
      reports.append(result.lines)
    }
    #expect(reports[0] == reports[1])
  }

  @Test("damaged blocks never end the process, and most of them reach the decoder")
  func fuzz() async throws {
    let result = try await LayoutProgram.run(
      BuiltProgram("layout-fuzz", .release), "--inputs", "20000", "--seed", "3")
    try expectFuzzed(result)
  }

  @Test(
    "under AddressSanitizer: every sample, and a million damaged blocks", .enabled(if: LayoutProgram.isFull),
    .timeLimit(.minutes(15)))
  func sanitized() async throws {
    #expect(try await LayoutProgram.runSanitized("layout-check").exit == .exited(0))
    try expectFuzzed(try await LayoutProgram.runSanitized("layout-fuzz", "--inputs", "1000000", "--seed", "7"))
  }

  private func expectFuzzed(_ result: LayoutProgram.Result) throws {
    #expect(result.exit == .exited(0), "\(result.lines.suffix(5))")
    let summary = try #require(result.lines.first { $0.hasPrefix("inputs=") })
    let share = try #require(Int(summary.split(separator: "=")[2].dropLast()))
    #expect(share >= 30)
  }

  @Test("what was decoded is an ordinary value: it grows, is shared and copied, and goes again")
  func ordinaryValues() throws {
    var generator = Generator(seed: 77)
    let rows = (0..<100).map { _ in Trip.random(&generator) }
    for form in BlockForm.allCases {
      var back = try RowBlock.decode(try RowBlock.encode(rows, form: form), as: Trip.self)
      var expected = rows
      for index in rows.indices {
        let shared = back[index].tags
        for number in 0..<20 {
          back[index].tags.append("tag \(number)")
          expected[index].tags.append("tag \(number)")
        }
        back[index].flag += "0123456789abcdef"
        expected[index].flag += "0123456789abcdef"
        back[index].tags.sort()
        expected[index].tags.sort()
        #expect(shared == rows[index].tags)
      }
      #expect(back == expected)
      #expect(try RowBlock.decode(try RowBlock.encode(back, form: form), as: Trip.self) == expected)
    }
  }
}

extension Sample: CustomTestStringConvertible {
  package var testDescription: String { name }
}
