// swift-tools-version: 6.2
import PackageDescription

/// One set of settings for every Swift target: Swift 6 mode, explicit existentials, and imports that do not leak.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]
/// The same, for the one module of tests that stands for users whose asynchronous functions run where their caller does.
let nonsendingSettings: [SwiftSetting] = settings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
/// The same, for the copies of the deciders in which bugs are planted for the tests to find.
let plantedSettings: [SwiftSetting] = settings + [.define("FLINT_PLANTED_BUGS")]
/// The same, for applications: the optimiser would forget their private types, and closures that hold them could not travel.
let jobSettings: [SwiftSetting] = settings + [.unsafeFlags(["-enable-private-imports"])]

extension Target {
  /// What tests stand on: a module below `Tests/Support`, in the folder of its name.
  static func support(_ name: String, _ dependencies: [Dependency], _ settings: [SwiftSetting] = settings) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tests/Support/\(name)", swiftSettings: settings)
  }

  /// Tests, in the folder of their name below `Tests`.
  static func tests(_ name: String, _ dependencies: [Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
  }

  /// A whole program of the folder `Jobs`.
  static func job(_ name: String, exclude: [String] = []) -> Target {
    .executableTarget(
      name: name, dependencies: ["Flint"], path: "Jobs/\(name)", exclude: exclude, swiftSettings: jobSettings)
  }

  /// A program below `Tests/Support` that tests or benchmarks run.
  static func program(
    _ name: String, in folder: String, _ dependencies: [Dependency], _ settings: [SwiftSetting] = settings
  ) -> Target {
    .executableTarget(
      name: name, dependencies: dependencies, path: "Tests/Support/\(folder)", swiftSettings: settings)
  }
}

let package = Package(
  name: "Flint",
  products: [
    .library(name: "Flint", targets: ["Flint"]),
    .library(name: "FlintTesting", targets: ["FlintTesting"]),
    .executable(name: "flint", targets: ["FlintCommand"]),
  ],
  targets: [
    // MARK: The product, from the ground up. A target may depend only on targets above it.
    // C: checksums, system calls and macros that Swift cannot import.
    .target(name: "CFlint"),
    // Ids, errors, limits, configuration, logging, metrics, globs, counted slabs, and the protocols of the six seams.
    .target(name: "FlintCore", dependencies: ["CFlint"], swiftSettings: settings),
    // Rows and columns of the user's types as bytes.
    .target(name: "FlintLayout", dependencies: ["CFlint", "FlintCore"], swiftSettings: settings),
    // Columns in memory: vectors, batches, and what is computed over them.
    .target(name: "FlintColumns", dependencies: ["CFlint", "FlintCore", "FlintLayout"], swiftSettings: settings),
    // Shipping closures: code as places in images, captures as values.
    .target(name: "FlintClosures", dependencies: ["CFlint", "FlintCore", "FlintLayout"], swiftSettings: settings),
    // The seams' real side: files, clock, randomness, processes, signals, task threads.
    .target(name: "FlintSystem", dependencies: ["CFlint", "FlintCore"], swiftSettings: settings),
    // The start of a process: its role, its options, its hash seed, its executors.
    .target(
      name: "FlintLaunch", dependencies: ["CFlint", "FlintClosures", "FlintCore", "FlintLayout", "FlintSystem"],
      swiftSettings: settings),
    // C: the guard of the simulation, which stands before libc's clocks, threads, files and randomness.
    .target(name: "CFlintSimulation"),
    // The seams' simulated side: executor, clock, network, disk, processes, faults.
    .target(name: "FlintSimulation", dependencies: ["CFlintSimulation", "FlintCore"], swiftSettings: settings),
    // Frames, messages and their form as bytes.
    .target(name: "FlintWire", dependencies: ["CFlint", "FlintCore"], swiftSettings: settings),
    // Connections, handshake, requests and blocks, as state machines over the Network seam.
    .target(name: "FlintTransport", dependencies: ["FlintCore", "FlintWire"], swiftSettings: settings),
    // The graph of datasets: dependencies, determinacy, stages, and how a job is asked for.
    .target(name: "FlintLineage", dependencies: ["FlintCore"], swiftSettings: settings),
    // What a task computes and what it has of its executor: batches, streams, operators, the task's context.
    .target(
      name: "FlintTasks", dependencies: ["FlintCore", "FlintLayout", "FlintLineage"], swiftSettings: settings),
    // The driver's deciders: pure machines, event in and actions out.
    .target(name: "FlintScheduling", dependencies: ["FlintCore", "FlintLineage"], swiftSettings: settings),
    // libuv, as Debian has it.
    .systemLibrary(name: "CUV", pkgConfig: "libuv", providers: [.apt(["libuv1-dev"])]),
    // OpenSSL, as Debian has it.
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    // C: what of OpenSSL Swift cannot import.
    .target(name: "CFlintTLS", dependencies: ["COpenSSL"]),
    // libmicrohttpd, as Debian has it.
    .systemLibrary(name: "CMicrohttpd", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    // C: libmicrohttpd without a listener and without threads.
    .target(name: "CFlintHTTP", dependencies: ["CMicrohttpd"]),
    // The event loop: a node's executor, the Network seam over this machine's sockets, plain and under TLS, and HTTP.
    .target(
      name: "FlintLibuv",
      dependencies: ["CFlint", "CFlintHTTP", "CFlintTLS", "COpenSSL", "CUV", "FlintCore", "FlintSystem"],
      swiftSettings: settings),
    // Debian's libraries for compression.
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // The module map names the decoder's library too: a target can have one pkg-config file only.
    .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlienc", providers: [.apt(["libbrotli-dev"])]),
    // Compressed blocks and streams over those libraries.
    .target(
      name: "FlintCompression", dependencies: ["CBrotli", "CFlint", "CLZ4", "CSnappy", "CZlib", "CZstd", "FlintCore"],
      swiftSettings: settings),
    // Input files: which there are, the parts that tasks read, and their bytes.
    .target(name: "FlintFiles", dependencies: ["FlintCompression", "FlintCore"], swiftSettings: settings),
    // Files of columns and of lines: Parquet, Arrow, CSV, JSON, text.
    .target(
      name: "FlintFormats", dependencies: ["CFlint", "FlintColumns", "FlintCompression", "FlintCore", "FlintFiles"],
      swiftSettings: settings),
    // The blocks of a node: the books of its memory, what stays in it, the files below, and serving them to others.
    .target(
      name: "FlintStorage", dependencies: ["FlintCore", "FlintTransport", "FlintWire"], swiftSettings: settings),
    // Map outputs and their readers, and what runs over keys: aggregation, sorting and joining that spill.
    .target(
      name: "FlintShuffle",
      dependencies: [
        "FlintCompression", "FlintCore", "FlintLayout", "FlintLineage", "FlintStorage", "FlintTasks", "FlintTransport",
        "FlintWire",
      ], swiftSettings: settings),
    // The typed API: sessions and datasets.
    .target(
      name: "FlintDatasets",
      dependencies: [
        "FlintCompression", "FlintCore", "FlintFiles", "FlintLayout", "FlintLineage", "FlintShuffle", "FlintTasks",
      ], swiftSettings: settings),
    // Data frames and SQL: what is asked for, how it is computed, and the operators that compute it.
    .target(
      name: "FlintSQL",
      dependencies: [
        "FlintColumns", "FlintCore", "FlintDatasets", "FlintFiles", "FlintFormats", "FlintLayout",
        "FlintLineage", "FlintShuffle", "FlintTasks",
      ], swiftSettings: settings),
    // The executor's node, its tasks, and the host that starts executors.
    .target(
      name: "FlintExecution",
      dependencies: [
        "FlintClosures", "FlintCore", "FlintLaunch", "FlintLayout", "FlintLibuv", "FlintLineage", "FlintShuffle",
        "FlintStorage", "FlintSystem", "FlintTasks", "FlintTransport", "FlintWire",
      ], swiftSettings: settings),
    // The driver's node, the start of applications, and what people see of their jobs.
    .target(
      name: "FlintDriver",
      dependencies: [
        "FlintClosures", "FlintCore", "FlintDatasets", "FlintExecution", "FlintLaunch", "FlintLayout", "FlintLibuv",
        "FlintLineage", "FlintScheduling", "FlintShuffle", "FlintStorage", "FlintSystem", "FlintTasks",
        "FlintTransport", "FlintWire",
      ], swiftSettings: settings),
    // What a job imports: everything public.
    .target(
      name: "Flint",
      dependencies: [
        "FlintClosures", "FlintColumns", "FlintCore", "FlintDatasets", "FlintDriver", "FlintLaunch", "FlintLayout",
        "FlintLineage", "FlintSQL", "FlintTasks",
      ], swiftSettings: settings),
    // Scenarios: what is done to a cluster while it runs a job, and what must come of it; values for every world.
    .target(name: "FlintChaos", dependencies: ["FlintCore", "FlintDatasets"], swiftSettings: settings),
    // C: what lets a test's executable start once more as a simulation.
    .target(name: "CFlintTesting"),
    // Whole clusters in simulation, the checks of their runs, and both for users' tests.
    .target(
      name: "FlintTesting",
      dependencies: [
        "CFlintTesting", "FlintChaos", "FlintClosures", "FlintCore", "FlintDatasets", "FlintDriver", "FlintExecution",
        "FlintLaunch", "FlintShuffle", "FlintSimulation", "FlintStorage", "FlintSystem", "FlintTransport", "FlintWire",
      ], swiftSettings: settings),
    // Applications as processes under fault: their supervisor, the proxy between their processes, and the checks afterwards.
    .target(
      name: "FlintSupervisor", dependencies: ["FlintCore", "FlintSystem", "FlintWire"], swiftSettings: settings),
    // The command line, product `flint`.
    .executableTarget(
      name: "FlintCommand",
      dependencies: ["FlintCore", "FlintLaunch", "FlintLibuv", "FlintSystem", "FlintTransport", "FlintWire"],
      swiftSettings: settings),
    // MARK: Jobs: whole programs, for readers and for the tests.
    .job("WordCount", exclude: ["expected.txt", "generate.py"]),
    .job("TeraSort", exclude: ["expected.txt", "generate.py", "validate.py"]),
    .job("TaxiRevenue"),
    .job("TaxiTyped"),
    .job("TaxiDuration"),
    .job("TaxiIngest"),
    .job("ForHireTrips"),
    .job("TripGenerator"),
    .job("TaxiHourly"),
    .job("AccountStatistics"),
    .job("JoinAggregate"),
    .job("TPCH"),
    .job("TaxiRevenueTyped", exclude: ["expected.txt", "generate.py"]),
    // MARK: What the tests stand on.
    // The tidy test's rules: what the sources, the documents and the package may not contain.
    .target(
      name: "Tidy", path: "Tests/Support/Tidy", exclude: ["allowed-long.txt", "allowed-unchecked.txt"],
      swiftSettings: settings),
    // Runs the rules over this repository and prints what they found.
    .program("tidy", in: "TidyCommand", ["Tidy"]),
    // The guinea pig: a replicated register of three nodes, written against the seams alone.
    .support("ReplicatedRegister", ["FlintCore"]),
    // What real and simulated seams must both do.
    .support("SeamContract", ["FlintCore"]),
    // Where the programs are that tests run as children.
    .support("BuiltPrograms", ["FlintCore"]),
    // How much memory a process holds, for tests that bound it.
    .support("HeldMemory", ["FlintCore"]),
    // A folder of a test's own on the real disk.
    .support("TestFolders", ["FlintCore", "FlintSystem"]),
    // C: what ThreadSanitizer must know of Swift's locks; empty without it.
    .target(name: "ThreadSanitizer", path: "Tests/Support/ThreadSanitizer"),
    .program("register-node", in: "RegisterNode", ["FlintCore", "FlintLibuv", "FlintSystem", "ReplicatedRegister"]),
    // Graphs of datasets, a call for each dataset.
    .support("LineageGraphs", ["FlintCore", "FlintLineage"]),
    // Runs jobs in the process, without executors: for tests of what datasets compute.
    .support(
      "DirectRuntime", ["FlintClosures", "FlintCore", "FlintDatasets", "FlintLibuv", "FlintLineage", "FlintTasks"]),
    // Rows through operators and through a loop of the same shape, for the benchmarks, which measure it from outside.
    .program("bench-rows", in: "BenchRows", ["DirectRuntime", "FlintCore", "FlintDatasets", "FlintShuffle"]),
    // Chains of transformations, of which the optimiser makes one loop each or not.
    .program("fused-check", in: "FusedCheck", ["DirectRuntime", "FlintCore", "FlintDatasets"]),
    // The driver's deciders in a model of everything around them, and a checker with books of its own.
    .support("SchedulingModel", ["FlintChaos", "FlintCore", "FlintLineage", "FlintScheduling", "LineageGraphs"]),
    // The same deciders and the same model once more, with bugs to be found. No product contains them.
    .support("PlantedScheduling", ["FlintCore", "FlintLineage"], plantedSettings),
    .support(
      "PlantedModel", ["FlintChaos", "FlintCore", "FlintLineage", "LineageGraphs", "PlantedScheduling"], plantedSettings
    ),
    // Named scenarios with their jobs, for every world.
    .support("Scenarios", ["FlintChaos", "FlintCore", "FlintDatasets", "FlintLineage"], jobSettings),
    // Runs simulated jobs over ranges of seeds; `Scripts/simulate` calls it.
    .program(
      "simulate", in: "Simulate",
      [
        "DirectRuntime", "FlintChaos", "FlintCore", "FlintDatasets", "FlintExecution", "FlintLineage", "FlintSQL",
        "FlintSimulation", "FlintStorage", "FlintTesting", "FlintTransport", "FlintWire", "LineageGraphs",
        "PlantedModel", "ReplicatedRegister", "Scenarios", "SchedulingModel", "SeamContract",
      ], jobSettings),
    // Kernels over columns for the benchmarks.
    .program("bench-kernels", in: "BenchKernels", ["FlintColumns", "FlintCore"]),
    // Work of the core for the benchmarks, which measure it from outside.
    .program("bench-core", in: "BenchCore", ["FlintCore"]),
    // Messages and blocks between two processes, for the benchmarks; and the same by plain C over libuv.
    .program("bench-transport", in: "BenchTransport", ["FlintCore", "FlintLibuv", "FlintTransport", "FlintWire"]),
    .executableTarget(
      name: "bench-transport-c", dependencies: ["CFlint", "CUV"], path: "Tests/Support/BenchTransportC"),
    // Row types of every kind, with random values, and what is demanded of their layouts.
    .support("LayoutSamples", ["FlintCore", "FlintLayout"]),
    // Round-trips every sample in both forms; the tests run it in both builds, and under AddressSanitizer.
    .program("layout-check", in: "LayoutCheck", ["FlintCore", "FlintLayout", "LayoutSamples"]),
    // Feeds damaged blocks to the decoders of every sample.
    .program("layout-fuzz", in: "LayoutFuzz", ["FlintCore", "FlintLayout", "LayoutSamples"]),
    // Rows through layouts and through their peers, for the benchmarks, which measure it from outside.
    .program("bench-codec", in: "BenchCodec", ["FlintCore", "FlintLayout"]),
    // Stages on modelled executors through the task scheduler, for the benchmarks, which measure it from outside.
    .program("bench-scheduling", in: "BenchScheduling", ["FlintCore", "FlintScheduling"]),
    // Random messages and frames, for the tests of the wire.
    .support("WireSamples", ["FlintCore", "FlintWire"]),
    // Feeds damaged frames to the decoders of the wire.
    .program("wire-fuzz", in: "WireFuzz", ["FlintCore", "FlintWire", "WireSamples"]),
    // Messages through their form on the wire, for the benchmarks, which measure it from outside.
    .program("bench-wire", in: "BenchWire", ["FlintCore", "FlintWire"]),
    // Probes every construct of Swift concurrency under the simulation's executors.
    .program("simulation-canary", in: "SimulationCanary", ["FlintCore", "FlintSimulation"]),
    // An application for the tests of its start: its executors compute, print, fail, crash and hang.
    .program("launch-probe", in: "LaunchProbe", ["FlintCore", "FlintLaunch", "FlintSystem"]),
    // An application that sends closures to executors, as a user writes it.
    .program("session-probe", in: "SessionProbe", ["Flint"]),
    // An application whose tasks stop at gates, throw and trap, for the tests that kill executors.
    .program(
      "job-probe", in: "JobProbe", ["Flint", "FlintChaos", "FlintCore", "FlintDriver", "Scenarios"], jobSettings),
    // Breaks real processes in every way that is named; `Scripts/chaos` calls it.
    .program(
      "chaos", in: "Chaos",
      [
        "FlintChaos", "FlintCore", "FlintLaunch", "FlintLibuv", "FlintSupervisor", "FlintSystem", "FlintTransport",
        "FlintWire", "Scenarios",
      ]),
    // Empty tasks and first results, for the benchmarks.
    .program("bench-jobs", in: "BenchJobs", ["Flint", "FlintShuffle"], jobSettings),
    // An application whose tasks and processes die in every way.
    .program("executor-probe", in: "ExecutorProbe", ["Flint"]),
    // No application, but asks for executors.
    .program("stranger", in: "Stranger", ["Flint"]),
    // Gives the decoder of closures what no encoder wrote.
    .program("closure-fuzz", in: "ClosureFuzz", ["FlintClosures", "FlintCore", "FlintLayout"]),
    // Shipped closures beside native ones, for the benchmarks.
    .program("bench-closures", in: "BenchClosures", ["FlintClosures"]),
    // Closures of a module that is built as a user's may be: its asynchronous functions run where their caller does.
    .target(
      name: "ClosureNonsending", dependencies: ["FlintClosures"], path: "Tests/Support/ClosureNonsending",
      swiftSettings: nonsendingSettings),
    // Ships closures of every kind to processes of its own.
    .program(
      "closure-matrix", in: "ClosureMatrix",
      ["CFlint", "ClosureNonsending", "FlintClosures", "FlintCore", "FlintSystem"]),
    // Bytes to compress, the same for tests, fuzzer and benchmark.
    .support("CompressionSamples", ["FlintCompression", "FlintCore"]),
    // Feeds damaged bytes to every decoder.
    .program(
      "compression-fuzz", in: "CompressionFuzz",
      ["CompressionSamples", "FlintCompression", "FlintCore", "FlintSystem"]),
    // Blocks through the codecs, for the benchmarks.
    .program("bench-compression", in: "BenchCompression", ["CompressionSamples", "FlintCompression", "FlintCore"]),
    // Reads and writes files of columns as it is told, for tests that compare it with other programs.
    .program(
      "formats-check", in: "FormatsCheck",
      ["FlintColumns", "FlintCompression", "FlintCore", "FlintFiles", "FlintFormats", "FlintSystem"]),
    // Feeds damaged files to the readers of files of columns.
    .program(
      "formats-fuzz", in: "FormatsFuzz",
      ["FlintColumns", "FlintCore", "FlintFiles", "FlintFormats", "FlintSystem", "LayoutSamples"]),
    // Files read and written, for the benchmarks, which measure it from outside.
    .program(
      "bench-formats", in: "BenchFormats", ["FlintColumns", "FlintCore", "FlintFiles", "FlintFormats", "FlintSystem"]),

    // MARK: Tests.
    .tests("TidyTests", ["Tidy"]),
    .tests("LineageTests", ["FlintCore", "FlintLineage", "LineageGraphs"]),
    .tests(
      "SchedulingTests",
      ["FlintChaos", "FlintCore", "FlintLineage", "FlintScheduling", "LineageGraphs", "SchedulingModel"]),
    .tests(
      "DatasetsTests",
      [
        "BuiltPrograms", "DirectRuntime", "FlintCompression", "FlintCore", "FlintDatasets", "FlintLayout",
        "FlintLineage", "FlintSystem", "FlintTasks",
      ]),
    .tests("CoreTests", ["CFlint", "FlintCore"]),
    .tests(
      "CompressionTests",
      ["BuiltPrograms", "CompressionSamples", "FlintCompression", "FlintCore", "FlintSystem", "TestFolders"]),
    .tests("StorageTests", ["FlintCore", "FlintLibuv", "FlintStorage", "TestFolders"]),
    .tests(
      "ShuffleTests",
      [
        "FlintCore", "FlintLibuv", "FlintShuffle", "FlintStorage", "FlintTasks", "FlintTransport", "FlintWire",
        "TestFolders",
      ]),
    .tests("LayoutTests", ["BuiltPrograms", "FlintCore", "FlintLayout", "FlintSystem", "LayoutSamples"]),
    .tests("FormatsTests", ["BuiltPrograms", "FlintCore", "FlintSystem", "TestFolders"], exclude: ["Python"]),
    .tests(
      "SQLTests",
      [
        "BuiltPrograms", "DirectRuntime", "FlintColumns", "FlintCore", "FlintDatasets", "FlintFormats", "FlintSQL",
        "FlintSystem", "FlintTasks", "TestFolders",
      ]),
    .tests("ColumnsTests", ["BuiltPrograms", "FlintColumns", "FlintCore", "FlintLayout", "FlintSystem"]),
    .tests("ClosuresTests", ["BuiltPrograms", "FlintClosures", "FlintCore", "FlintLayout", "FlintSystem"]),
    .tests(
      "SystemTests",
      [
        "BuiltPrograms", "FlintCore", "FlintLibuv", "FlintSystem", "ReplicatedRegister", "SeamContract", "TestFolders",
        "ThreadSanitizer",
      ]),
    .tests(
      "SecurityTests",
      [
        "FlintCore", "FlintLibuv", "FlintSystem", "FlintTransport", "FlintWire", "HeldMemory", "SeamContract",
        "TestFolders", "ThreadSanitizer",
      ]),
    .tests(
      "ExecutionTests",
      [
        "BuiltPrograms", "FlintCore", "FlintExecution", "FlintLibuv", "FlintLineage", "FlintStorage", "FlintSystem",
        "FlintTasks", "FlintWire", "TestFolders",
      ]),
    .tests("WireTests", ["BuiltPrograms", "FlintCore", "FlintSystem", "FlintWire", "WireSamples"]),
    .tests(
      "TransportTests",
      [
        "FlintCore", "FlintLibuv", "FlintSystem", "FlintTransport", "FlintWire", "HeldMemory", "ThreadSanitizer",
        "WireSamples",
      ]),
    .tests(
      "DriverTests",
      [
        "BuiltPrograms", "FlintCore", "FlintDatasets", "FlintDriver", "FlintExecution", "FlintLaunch", "FlintLibuv",
        "FlintLineage", "FlintScheduling", "FlintSystem", "FlintTasks", "FlintWire",
      ]),
    .tests("LaunchTests", ["BuiltPrograms", "FlintCore", "FlintLaunch", "FlintSystem"]),
    // Breaks real processes by the program `chaos`, and tries its tools.
    .tests("ChaosTests", ["BuiltPrograms", "FlintCore", "FlintSupervisor", "FlintSystem", "FlintWire"]),
    // Runs jobs and probes as their users do, and kills their executors.
    .tests("JobsTests", ["BuiltPrograms", "FlintCore", "FlintSystem"], exclude: ["Python"]),
    .tests("CommandTests", ["BuiltPrograms", "FlintCore", "FlintSystem", "TestFolders"]),
    // Simulations hijack the process they run in, so these tests run the programs above and read what they print.
    .tests(
      "SimulationTests", ["BuiltPrograms", "FlintCore", "FlintSystem"], exclude: ["PlantedBugs.md", "Seeds.txt"]),
    // The programs of Jobs as their users would test them: on simulated clusters, in a second life of the test's executable.
    .tests(
      "SimulatedJobsTests",
      [
        "FlintChaos", "FlintDatasets", "FlintSQL", "FlintSimulation", "FlintTesting", "TaxiRevenue", "TaxiRevenueTyped",
        "TeraSort", "WordCount",
      ]),
  ]
)
