// What a job imports: `import Flint` gives all of it.
@_exported public import FlintClosures
@_exported public import FlintColumns
@_exported public import FlintCore
@_exported public import FlintDatasets
@_exported public import FlintDriver
@_exported public import FlintLaunch
@_exported public import FlintLayout
@_exported public import FlintLineage
@_exported public import FlintSQL
@_exported public import FlintTasks
