internal import FlintCore
