// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ondol-benchmarks",
    dependencies: [
        .package(name: "ondol", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        // Says what a picture shows; trained on painted pictures.
        .target(
            name: "AttributeClassifier", dependencies: [.product(name: "OndolEngine", package: "ondol")]),
        .executableTarget(
            name: "bench",
            dependencies: [
                "AttributeClassifier", .product(name: "OndolEngine", package: "ondol"),
                .product(name: "OndolRights", package: "ondol"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ]
)
