import BuiltPrograms
import FlintCore
import Testing

@Suite("TeraSort", .serialized)
struct TeraSortTests {
  @Test("its parts one behind another are what sort gives", arguments: Master.allCases, TestSize.builds)
  func answer(master: Master, build: BuiltProgram.Build) async throws {
    try await Workplace.use { place in
      let size = TestSize.isFull ? "1000000" : "10000"
      _ = try await Shell.run(
        "python3 -B \"$1\" input --records \"$2\"", [Job.teraSort.generator.string, size], in: place.folder)
      let job = try await JobRun.start(
        BuiltProgram(Job.teraSort.program, build), ["--input", "input", "--output", "output"], on: master.rawValue,
        in: place)
      let summary = try await job.expectSuccess()
      _ = try await Shell.run("cmp <(cat output/part-*) <(cat input/* | sort)", [], in: place.folder)
      _ = try await Shell.run("python3 -B \"$1\" input output", [Job.teraSort.validator.string], in: place.folder)
      #expect(summary.rowsWritten == Int(size))
      #expect(summary.shuffleBytesWritten > 0 && summary.shuffleBytesRead == summary.shuffleBytesWritten)
      if !TestSize.isFull {
        let hash = try await Shell.run("cat output/part-* | sha256sum | cut -d ' ' -f 1", [], in: place.folder)
        let expected = try await Job.teraSort.expectedHash(place)
        #expect(expected == hash.dropLast())
      }
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("the validator refuses records that are out of order, changed, doubled or missing")
  func validator() async throws {
    try await Workplace.use { place in
      _ = try await Shell.run(
        "python3 -B \"$1\" input; mkdir output; touch output/_SUCCESS", [Job.teraSort.generator.string],
        in: place.folder)
      let damages = [
        "cat input/*", "cat input/* | sort | tail -n +2", "cat input/* input/part-00.txt | sort",
        "cat input/* | sort | sed '7s/  0/  1/'", "cat input/* | sort | tr -d '\\r'", "cat input/* | sort | head -c -1",
      ]
      let validate = "python3 -B \"$1\" input output"
      for damage in damages {
        let script = "\(damage) > output/part-00000; if \(validate) 2> /dev/null; then echo passed; fi"
        #expect(try await Shell.run(script, [Job.teraSort.validator.string], in: place.folder) == "", "\(damage)")
      }
      let sound = "cat input/* | sort > output/part-00000; \(validate)"
      #expect(try await Shell.run(sound, [Job.teraSort.validator.string], in: place.folder).hasPrefix("10000 records"))
    }
  }
}
