// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ondol",
    products: [
        .library(
            name: "OndolEngine",
            targets: ["Tensors", "StableHLO", "Autodiff", "PJRT", "NeuralNetworks", "DiffusionModels"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")
    ],
    targets: [
        .target(name: "CPJRT", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "Tensors"),
        .target(name: "StableHLO", dependencies: ["Tensors"]),
        .target(name: "Autodiff", dependencies: ["StableHLO", "Tensors"]),
        .target(
            name: "PJRT",
            dependencies: ["CPJRT", "Tensors", .product(name: "Crypto", package: "swift-crypto")]),
        .target(name: "NeuralNetworks", dependencies: ["StableHLO", "Tensors"]),
        .target(name: "DiffusionModels", dependencies: ["NeuralNetworks", "StableHLO", "Tensors"]),
    ]
)
