// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ondol",
    targets: [
        .target(name: "Tensors"),
        .target(name: "StableHLO", dependencies: ["Tensors"]),
        .target(name: "NeuralNetworks", dependencies: ["StableHLO", "Tensors"]),
        .target(name: "DiffusionModels", dependencies: ["NeuralNetworks", "StableHLO", "Tensors"]),
    ]
)
