// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ondol-benchmarks",
    dependencies: [
        .package(name: "ondol", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // What is printed of a measurement, and where things are kept.
        .target(name: "Bars"),
        // Says what a picture shows; trained on painted pictures.
        .target(
            name: "AttributeClassifier", dependencies: [.product(name: "OndolEngine", package: "ondol")]),
        .executableTarget(
            name: "bench",
            dependencies: [
                "AttributeClassifier", "Bars", .product(name: "OndolEngine", package: "ondol"),
                .product(name: "OndolRights", package: "ondol"),
                .product(name: "OndolService", package: "ondol"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // Everyone at once against the running service.
        .executableTarget(
            name: "flood",
            dependencies: [
                "Bars", .product(name: "OndolEngine", package: "ondol"),
                .product(name: "OndolService", package: "ondol"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
    ]
)
