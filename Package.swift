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
  targets: [
    .target(name: "CFlint"),
    .target(name: "FlintCore", dependencies: ["CFlint"], swiftSettings: settings),
    .target(name: "FlintLayout", dependencies: ["CFlint", "FlintCore"], swiftSettings: settings),
    .target(name: "FlintClosures", dependencies: ["CFlint", "FlintCore", "FlintLayout"], swiftSettings: settings),
    .target(name: "FlintSystem", dependencies: ["CFlint", "FlintCore"], swiftSettings: settings),
    .target(name: "FlintWire", dependencies: ["CFlint", "FlintCore"], swiftSettings: settings),
    .target(name: "FlintTransport", dependencies: ["FlintCore", "FlintWire"], swiftSettings: settings),
    .target(name: "FlintLineage", dependencies: ["FlintCore"], swiftSettings: settings),
    .target(
      name: "FlintTasks", dependencies: ["FlintCore", "FlintLayout", "FlintLineage"], swiftSettings: settings),
    .systemLibrary(name: "CUV", pkgConfig: "libuv", providers: [.apt(["libuv1-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .target(name: "CFlintTLS", dependencies: ["COpenSSL"]),
    .systemLibrary(name: "CMicrohttpd", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .target(name: "CFlintHTTP", dependencies: ["CMicrohttpd"]),
    .target(
      name: "FlintLibuv",
      dependencies: [
        "CFlint", "CFlintHTTP", "CFlintTLS", "COpenSSL", "CUV", "FlintCore", "FlintSystem",
      ], swiftSettings: settings),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlienc", providers: [.apt(["libbrotli-dev"])]),
    .target(
      name: "FlintCompression", dependencies: ["CBrotli", "CLZ4", "CSnappy", "CZlib", "CZstd", "FlintCore"],
      swiftSettings: settings),
    .target(
      name: "FlintStorage", dependencies: ["FlintCore", "FlintTransport", "FlintWire"], swiftSettings: settings),
    .target(
      name: "FlintShuffle",
      dependencies: [
        "FlintCompression", "FlintCore", "FlintLayout", "FlintLineage", "FlintStorage", "FlintTasks", "FlintTransport",
        "FlintWire",
      ], swiftSettings: settings),
    .target(
      name: "FlintDatasets",
      dependencies: [
        "FlintCompression", "FlintCore", "FlintLayout", "FlintLineage", "FlintShuffle", "FlintTasks",
      ], swiftSettings: settings),
    .target(
      name: "TestFolders", dependencies: ["FlintCore", "FlintSystem"], path: "Tests/Support/TestFolders",
      swiftSettings: settings),
    .target(
      name: "DirectRuntime",
      dependencies: [
        "FlintClosures", "FlintCore", "FlintDatasets", "FlintLibuv", "FlintLineage", "FlintTasks",
      ], path: "Tests/Support/DirectRuntime", swiftSettings: settings),
    .testTarget(
      name: "DatasetsTests",
      dependencies: [
        "DirectRuntime", "FlintCompression", "FlintCore", "FlintDatasets", "FlintLayout", "FlintLineage", "FlintSystem",
        "FlintTasks",
      ], swiftSettings: settings),
    .executableTarget(
      name: "bench-words", dependencies: ["DirectRuntime", "FlintCore", "FlintDatasets", "FlintLineage"], path: "Bench"),
  ]
)
