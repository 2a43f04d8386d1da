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
    // Files of columns and of lines: Parquet.
    .target(
      name: "FlintFormats", dependencies: ["CFlint", "FlintColumns", "FlintCompression", "FlintCore"],
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
      dependencies: ["FlintCompression", "FlintCore", "FlintLayout", "FlintLineage", "FlintShuffle", "FlintTasks"],
      swiftSettings: settings),
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
        "FlintClosures", "FlintCore", "FlintDatasets", "FlintDriver", "FlintLaunch", "FlintLayout", "FlintLineage",
        "FlintTasks",
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
    .executableTarget(
      name: "WordCount", dependencies: ["Flint"], path: "Jobs/WordCount", exclude: ["expected.txt", "generate.py"],
      swiftSettings: jobSettings),
    .executableTarget(
      name: "TeraSort", dependencies: ["Flint"], path: "Jobs/TeraSort",
      exclude: ["expected.txt", "generate.py", "validate.py"], swiftSettings: jobSettings),
    .executableTarget(
      name: "TaxiRevenueTyped", dependencies: ["Flint"], path: "Jobs/TaxiRevenueTyped",
      exclude: ["expected.txt", "generate.py"], swiftSettings: jobSettings),
    // MARK: What the tests stand on.
    // The tidy test's rules: what the sources, the documents and the package may not contain.
    .target(
      name: "Tidy", path: "Tests/Support/Tidy", exclude: ["allowed-long.txt", "allowed-unchecked.txt"],
      swiftSettings: settings),
    // Runs the rules over this repository and prints what they found.
    .executableTarget(
      name: "tidy", dependencies: ["Tidy"], path: "Tests/Support/TidyCommand", swiftSettings: settings),
    // The guinea pig: a replicated register of three nodes, written against the seams alone.
    .target(
      name: "ReplicatedRegister", dependencies: ["FlintCore"], path: "Tests/Support/ReplicatedRegister",
      swiftSettings: settings),
    // What real and simulated seams must both do.
    .target(
      name: "SeamContract", dependencies: ["FlintCore"], path: "Tests/Support/SeamContract", swiftSettings: settings),
    // Where the programs are that tests run as children.
    .target(
      name: "BuiltPrograms", dependencies: ["FlintCore"], path: "Tests/Support/BuiltPrograms",
      swiftSettings: settings),
    // How much memory a process holds, for tests that bound it.
    .target(name: "HeldMemory", dependencies: ["FlintCore"], path: "Tests/Support/HeldMemory", swiftSettings: settings),
    // A folder of a test's own on the real disk.
    .target(
      name: "TestFolders", dependencies: ["FlintCore", "FlintSystem"], path: "Tests/Support/TestFolders",
      swiftSettings: settings),
    // C: what ThreadSanitizer must know of Swift's locks; empty without it.
    .target(name: "ThreadSanitizer", path: "Tests/Support/ThreadSanitizer"),
    // One node of the register as a process on the real seams.
    .executableTarget(
      name: "register-node", dependencies: ["FlintCore", "FlintLibuv", "FlintSystem", "ReplicatedRegister"],
      path: "Tests/Support/RegisterNode", swiftSettings: settings),
    // Graphs of datasets, a call for each dataset.
    .target(
      name: "LineageGraphs", dependencies: ["FlintCore", "FlintLineage"], path: "Tests/Support/LineageGraphs",
      swiftSettings: settings),
    // Runs jobs in the process, without executors: for tests of what datasets compute.
    .target(
      name: "DirectRuntime",
      dependencies: ["FlintClosures", "FlintCore", "FlintDatasets", "FlintLibuv", "FlintLineage", "FlintTasks"],
      path: "Tests/Support/DirectRuntime", swiftSettings: settings),
    // Rows through operators and through a loop of the same shape, for the benchmarks, which measure it from outside.
    .executableTarget(
      name: "bench-rows", dependencies: ["DirectRuntime", "FlintCore", "FlintDatasets", "FlintShuffle"],
      path: "Tests/Support/BenchRows", swiftSettings: settings),
    // Chains of transformations, of which the optimiser makes one loop each or not.
    .executableTarget(
      name: "fused-check", dependencies: ["DirectRuntime", "FlintCore", "FlintDatasets"],
      path: "Tests/Support/FusedCheck", swiftSettings: settings),
    // The driver's deciders in a model of everything around them, and a checker with books of its own.
    .target(
      name: "SchedulingModel", dependencies: ["FlintCore", "FlintLineage", "FlintScheduling", "LineageGraphs"],
      path: "Tests/Support/SchedulingModel", swiftSettings: settings),
    // The same deciders and the same model once more, with bugs to be found. No product contains them.
    .target(
      name: "PlantedScheduling", dependencies: ["FlintCore", "FlintLineage"], path: "Tests/Support/PlantedScheduling",
      swiftSettings: plantedSettings),
    .target(
      name: "PlantedModel", dependencies: ["FlintCore", "FlintLineage", "LineageGraphs", "PlantedScheduling"],
      path: "Tests/Support/PlantedModel", swiftSettings: plantedSettings),
    // Named scenarios with their jobs, for the simulation and for real processes.
    .target(
      name: "Scenarios", dependencies: ["FlintChaos", "FlintCore", "FlintDatasets", "FlintLineage"],
      path: "Tests/Support/Scenarios", swiftSettings: jobSettings),
    // Runs simulated jobs over ranges of seeds; `Scripts/simulate` calls it.
    .executableTarget(
      name: "simulate",
      dependencies: [
        "FlintChaos", "FlintClosures", "FlintCore", "FlintDatasets", "FlintDriver", "FlintExecution", "FlintLaunch",
        "FlintLineage", "FlintShuffle", "FlintSimulation", "FlintStorage", "FlintTesting", "FlintTransport",
        "FlintWire", "PlantedModel", "ReplicatedRegister", "Scenarios", "SchedulingModel", "SeamContract",
      ], path: "Tests/Support/Simulate", swiftSettings: jobSettings),
    // Kernels over columns for the benchmarks.
    .executableTarget(
      name: "bench-kernels", dependencies: ["FlintColumns", "FlintCore"], path: "Tests/Support/BenchKernels",
      swiftSettings: settings),
    // Work of the core for the benchmarks, which measure it from outside.
    .executableTarget(
      name: "bench-core", dependencies: ["FlintCore"], path: "Tests/Support/BenchCore", swiftSettings: settings),
    // Messages and blocks between two processes, for the benchmarks; and the same by plain C over libuv.
    .executableTarget(
      name: "bench-transport", dependencies: ["FlintCore", "FlintLibuv", "FlintTransport", "FlintWire"],
      path: "Tests/Support/BenchTransport", swiftSettings: settings),
    .executableTarget(
      name: "bench-transport-c", dependencies: ["CFlint", "CUV"], path: "Tests/Support/BenchTransportC"),
    // Row types of every kind, with random values, and what is demanded of their layouts.
    .target(
      name: "LayoutSamples", dependencies: ["FlintCore", "FlintLayout"], path: "Tests/Support/LayoutSamples",
      swiftSettings: settings),
    // Round-trips every sample in both forms; the tests run it in both builds, and under AddressSanitizer.
    .executableTarget(
      name: "layout-check", dependencies: ["FlintCore", "FlintLayout", "LayoutSamples"],
      path: "Tests/Support/LayoutCheck", swiftSettings: settings),
    // Feeds damaged blocks to the decoders of every sample.
    .executableTarget(
      name: "layout-fuzz", dependencies: ["FlintCore", "FlintLayout", "LayoutSamples"],
      path: "Tests/Support/LayoutFuzz", swiftSettings: settings),
    // Rows through layouts and through their peers, for the benchmarks, which measure it from outside.
    .executableTarget(
      name: "bench-codec", dependencies: ["FlintCore", "FlintLayout"], path: "Tests/Support/BenchCodec",
      swiftSettings: settings),
    // Stages on modelled executors through the task scheduler, for the benchmarks, which measure it from outside.
    .executableTarget(
      name: "bench-scheduling", dependencies: ["FlintCore", "FlintScheduling"], path: "Tests/Support/BenchScheduling",
      swiftSettings: settings),
    // Random messages and frames, for the tests of the wire.
    .target(
      name: "WireSamples", dependencies: ["FlintCore", "FlintWire"], path: "Tests/Support/WireSamples",
      swiftSettings: settings),
    // Feeds damaged frames to the decoders of the wire.
    .executableTarget(
      name: "wire-fuzz", dependencies: ["FlintCore", "FlintWire", "WireSamples"], path: "Tests/Support/WireFuzz",
      swiftSettings: settings),
    // Messages through their form on the wire, for the benchmarks, which measure it from outside.
    .executableTarget(
      name: "bench-wire", dependencies: ["FlintCore", "FlintWire"], path: "Tests/Support/BenchWire",
      swiftSettings: settings),
    // Probes every construct of Swift concurrency under the simulation's executors.
    .executableTarget(
      name: "simulation-canary", dependencies: ["FlintCore", "FlintSimulation"], path: "Tests/Support/SimulationCanary",
      swiftSettings: settings),
    // An application for the tests of its start: its executors compute, print, fail, crash and hang.
    .executableTarget(
      name: "launch-probe", dependencies: ["FlintCore", "FlintLaunch", "FlintSystem"],
      path: "Tests/Support/LaunchProbe", swiftSettings: settings),
    // An application that sends closures to executors, as a user writes it.
    .executableTarget(
      name: "session-probe", dependencies: ["Flint"], path: "Tests/Support/SessionProbe", swiftSettings: settings),
    // An application whose tasks stop at gates, throw and trap, for the tests that kill executors.
    .executableTarget(
      name: "job-probe", dependencies: ["Flint"], path: "Tests/Support/JobProbe", swiftSettings: jobSettings),
    // Breaks real processes in every way that is named; `Scripts/chaos` calls it.
    .executableTarget(
      name: "chaos",
      dependencies: [
        "FlintCore", "FlintLaunch", "FlintLibuv", "FlintSupervisor", "FlintSystem", "FlintTransport", "FlintWire",
      ], path: "Tests/Support/Chaos", swiftSettings: settings),
    // Empty tasks and first results, for the benchmarks.
    .executableTarget(
      name: "bench-jobs", dependencies: ["Flint", "FlintShuffle"], path: "Tests/Support/BenchJobs",
      swiftSettings: jobSettings),
    // An application whose tasks and processes die in every way.
    .executableTarget(
      name: "executor-probe", dependencies: ["Flint"], path: "Tests/Support/ExecutorProbe", swiftSettings: settings),
    // No application, but asks for executors.
    .executableTarget(
      name: "stranger", dependencies: ["Flint"], path: "Tests/Support/Stranger", swiftSettings: settings),
    // Gives the decoder of closures what no encoder wrote.
    .executableTarget(
      name: "closure-fuzz", dependencies: ["FlintClosures", "FlintCore", "FlintLayout"],
      path: "Tests/Support/ClosureFuzz", swiftSettings: settings),
    // Shipped closures beside native ones, for the benchmarks.
    .executableTarget(
      name: "bench-closures", dependencies: ["FlintClosures"], path: "Tests/Support/BenchClosures",
      swiftSettings: settings),
    // Closures of a module that is built as a user's may be: its asynchronous functions run where their caller does.
    .target(
      name: "ClosureNonsending", dependencies: ["FlintClosures"], path: "Tests/Support/ClosureNonsending",
      swiftSettings: nonsendingSettings),
    // Ships closures of every kind to processes of its own.
    .executableTarget(
      name: "closure-matrix",
      dependencies: ["CFlint", "ClosureNonsending", "FlintClosures", "FlintCore", "FlintSystem"],
      path: "Tests/Support/ClosureMatrix", swiftSettings: settings),
    // Bytes to compress, the same for tests, fuzzer and benchmark.
    .target(name: "CompressionSamples", path: "Tests/Support/CompressionSamples", swiftSettings: settings),
    // Feeds damaged bytes to every decoder.
    .executableTarget(
      name: "compression-fuzz", dependencies: ["CompressionSamples", "FlintCompression", "FlintCore"],
      path: "Tests/Support/CompressionFuzz", swiftSettings: settings),
    // Blocks through the codecs, for the benchmarks.
    .executableTarget(
      name: "bench-compression", dependencies: ["CompressionSamples", "FlintCompression", "FlintCore"],
      path: "Tests/Support/BenchCompression", swiftSettings: settings),
    // Reads and writes files of columns as it is told, for tests that compare it with other programs.
    .executableTarget(
      name: "formats-check", dependencies: ["FlintColumns", "FlintCore", "FlintFormats", "FlintSystem"],
      path: "Tests/Support/FormatsCheck", swiftSettings: settings),
    // Feeds damaged files to the reader of Parquet.
    .executableTarget(
      name: "parquet-fuzz", dependencies: ["FlintColumns", "FlintCore", "FlintFormats", "LayoutSamples"],
      path: "Tests/Support/ParquetFuzz", swiftSettings: settings),
    // Parquet files read and written, for the benchmarks, which measure it from outside.
    .executableTarget(
      name: "bench-parquet", dependencies: ["FlintColumns", "FlintCore", "FlintFormats", "FlintSystem"],
      path: "Tests/Support/BenchParquet", swiftSettings: settings),

    // MARK: Tests.
    .testTarget(name: "TidyTests", dependencies: ["Tidy"], swiftSettings: settings),
    .testTarget(
      name: "LineageTests", dependencies: ["FlintCore", "FlintLineage", "LineageGraphs"], swiftSettings: settings),
    .testTarget(
      name: "SchedulingTests", dependencies: ["FlintCore", "FlintLineage", "FlintScheduling", "LineageGraphs"],
      swiftSettings: settings),
    .testTarget(
      name: "DatasetsTests",
      dependencies: [
        "BuiltPrograms", "DirectRuntime", "FlintCompression", "FlintCore", "FlintDatasets", "FlintLayout",
        "FlintLineage",
        "FlintSystem", "FlintTasks",
      ], swiftSettings: settings),
    .testTarget(name: "CoreTests", dependencies: ["CFlint", "FlintCore"], swiftSettings: settings),
    .testTarget(
      name: "CompressionTests",
      dependencies: [
        "BuiltPrograms", "CompressionSamples", "FlintCompression", "FlintCore", "FlintSystem", "TestFolders",
      ], swiftSettings: settings),
    .testTarget(
      name: "StorageTests", dependencies: ["FlintCore", "FlintLibuv", "FlintStorage", "TestFolders"],
      swiftSettings: settings),
    .testTarget(
      name: "ShuffleTests",
      dependencies: [
        "FlintCore", "FlintLibuv", "FlintShuffle", "FlintStorage", "FlintTasks", "FlintTransport", "FlintWire",
        "TestFolders",
      ], swiftSettings: settings),
    .testTarget(
      name: "LayoutTests", dependencies: ["BuiltPrograms", "FlintCore", "FlintLayout", "FlintSystem", "LayoutSamples"],
      swiftSettings: settings),
    .testTarget(
      name: "FormatsTests", dependencies: ["BuiltPrograms", "FlintCore", "FlintSystem", "TestFolders"],
      exclude: ["Python"], swiftSettings: settings),
    .testTarget(
      name: "ColumnsTests", dependencies: ["BuiltPrograms", "FlintColumns", "FlintCore", "FlintLayout", "FlintSystem"],
      swiftSettings: settings),
    .testTarget(
      name: "ClosuresTests",
      dependencies: ["BuiltPrograms", "FlintClosures", "FlintCore", "FlintLayout", "FlintSystem"],
      swiftSettings: settings),
    .testTarget(
      name: "SystemTests",
      dependencies: [
        "BuiltPrograms", "FlintCore", "FlintLibuv", "FlintSystem", "ReplicatedRegister", "SeamContract", "TestFolders",
        "ThreadSanitizer",
      ], swiftSettings: settings),
    .testTarget(
      name: "SecurityTests",
      dependencies: [
        "FlintCore", "FlintLibuv", "FlintSystem", "FlintTransport", "FlintWire", "HeldMemory", "SeamContract",
        "TestFolders", "ThreadSanitizer",
      ], swiftSettings: settings),
    .testTarget(
      name: "ExecutionTests",
      dependencies: [
        "BuiltPrograms", "FlintCore", "FlintExecution", "FlintLibuv", "FlintLineage", "FlintStorage", "FlintSystem",
        "FlintTasks", "FlintWire", "TestFolders",
      ], swiftSettings: settings),
    .testTarget(
      name: "WireTests", dependencies: ["BuiltPrograms", "FlintCore", "FlintSystem", "FlintWire", "WireSamples"],
      swiftSettings: settings),
    .testTarget(
      name: "TransportTests",
      dependencies: [
        "FlintCore", "FlintLibuv", "FlintSystem", "FlintTransport", "FlintWire", "HeldMemory", "ThreadSanitizer",
        "WireSamples",
      ], swiftSettings: settings),
    .testTarget(
      name: "DriverTests",
      dependencies: [
        "BuiltPrograms", "FlintCore", "FlintDatasets", "FlintDriver", "FlintExecution", "FlintLaunch", "FlintLibuv",
        "FlintLineage", "FlintScheduling", "FlintSystem", "FlintTasks", "FlintWire",
      ], swiftSettings: settings),
    .testTarget(
      name: "LaunchTests", dependencies: ["BuiltPrograms", "FlintCore", "FlintLaunch", "FlintSystem"],
      swiftSettings: settings),
    // Breaks real processes by the program `chaos`, and tries its tools.
    .testTarget(
      name: "ChaosTests", dependencies: ["BuiltPrograms", "FlintCore", "FlintSupervisor", "FlintSystem", "FlintWire"],
      swiftSettings: settings),
    // Runs jobs and probes as their users do, and kills their executors.
    .testTarget(
      name: "JobsTests", dependencies: ["BuiltPrograms", "FlintCore", "FlintSystem"], swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["BuiltPrograms", "FlintCore", "FlintSystem", "TestFolders"],
      swiftSettings: settings),
    // Simulations hijack the process they run in, so these tests run the programs above and read what they print.
    .testTarget(
      name: "SimulationTests", dependencies: ["BuiltPrograms", "FlintCore", "FlintSystem"], exclude: ["Seeds.txt"],
      swiftSettings: settings),
  ]
)
