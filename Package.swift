// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ondol",
    products: [
        .executable(name: "ondol", targets: ["ondol"]),
        .library(
            name: "OndolEngine",
            targets: [
                "Tensors", "StableHLO", "Autodiff", "PJRT", "Kernels", "NeuralNetworks", "DiffusionModels",
                "Tokenizers",
                "Samplers",
                "Images", "ImagePipelines", "Painter", "Training",
            ]),
        .library(name: "OndolRights", targets: ["Provenance", "Rights"]),
        .library(
            name: "OndolService",
            targets: ["Serving", "Simulation", "Stores", "Server", "Worker", "Service"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Doors to C.
        .target(name: "CPJRT", linkerSettings: [.linkedLibrary("jemalloc")]),
        .target(name: "CKernels"),
        .systemLibrary(name: "CVips", providers: [.apt(["libvips-dev"])]),

        .target(name: "CC2PA"),
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),

        // Compiler.
        .target(name: "Tensors"),
        .target(name: "StableHLO", dependencies: ["Tensors"]),
        .target(name: "Autodiff", dependencies: ["StableHLO"]),
        .target(
            name: "PJRT",
            dependencies: [
                "CPJRT", "StableHLO", "Tensors", .product(name: "Crypto", package: "swift-crypto"),
            ]),

        .target(name: "Kernels", dependencies: ["CKernels", "PJRT", "StableHLO", "Tensors"]),

        // Models.
        .target(name: "Tokenizers"),
        .target(name: "Samplers"),
        .target(name: "NeuralNetworks", dependencies: ["StableHLO", "Tensors"]),
        .target(name: "DiffusionModels", dependencies: ["NeuralNetworks", "StableHLO", "Tensors"]),
        .target(name: "Images", dependencies: ["CVips", "Tensors"]),
        .target(
            name: "ImagePipelines",
            dependencies: [
                "DiffusionModels", "Images", "NeuralNetworks", "PJRT", "Samplers", "StableHLO", "Tensors",
                "Tokenizers",
            ]),
        .target(name: "Painter", dependencies: ["CCairo"]),
        .target(
            name: "Training",
            dependencies: [
                "Autodiff", "DiffusionModels", "NeuralNetworks", "PJRT", "Samplers", "StableHLO", "Tensors",
            ]),

        // Service, pure: no clock, no disk, no network.
        .target(name: "Serving"),
        .target(
            name: "Rights", dependencies: [.product(name: "Crypto", package: "swift-crypto"), "TOMLKit"]),
        .target(name: "Simulation", dependencies: ["Serving", "TOMLKit"]),

        // Service, acting.
        .target(
            name: "Provenance",
            dependencies: [
                "CC2PA", "Images", "Rights", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ]),
        .target(
            name: "Stores",
            dependencies: [
                "Rights", "Serving", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "Server",
            dependencies: [
                "Rights", "Serving", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        .target(
            name: "Worker",
            dependencies: [
                "ImagePipelines", "Images", "Provenance", "Rights", "Samplers", "Serving", "Stores",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "Service",
            dependencies: [
                "Images", "Provenance", "Rights", "Server", "Serving", "Stores", "TOMLKit", "Worker",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]),

        .target(
            name: "Pages",
            dependencies: [
                "Rights", "Server", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ], resources: [.embedInCode("Web")]),

        // The command line, where parts are put together.
        .executableTarget(
            name: "ondol",
            dependencies: [
                "DiffusionModels", "ImagePipelines", "Images", "Kernels", "NeuralNetworks", "PJRT", "Pages",
                "Painter", "Provenance", "Rights", "Samplers", "Server", "Service", "Serving", "Simulation",
                "StableHLO", "Stores", "Tensors",
                "Tokenizers",
                "Training", "Worker", .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        // Tests.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .target(name: "RightsSamples", dependencies: ["Rights"], path: "Tests/RightsSamples"),
        .target(
            name: "ProgramRunning", dependencies: ["Kernels", "PJRT", "StableHLO", "Tensors"],
            path: "Tests/ProgramRunning"),
        .target(
            name: "ScriptedService", dependencies: ["Rights", "Server", "Serving"],
            path: "Tests/ScriptedService"),
        .executableTarget(
            name: "scripted-pages",
            dependencies: [
                "Pages", "Rights", "ScriptedService", "Server", "Serving",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], path: "Tests/ScriptedPages"),
        .testTarget(name: "ArchitectureTests", dependencies: ["Painter"]),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
        .testTarget(
            name: "AutodiffTests",
            dependencies: ["Autodiff", "ProgramRunning", "StableHLO", "Tensors", "TestSupport"]),
        .testTarget(
            name: "StableHLOTests", dependencies: ["ProgramRunning", "StableHLO", "Tensors"],
            exclude: ["Golden"]),
        .testTarget(name: "PainterTests", dependencies: ["Painter"]),
        .testTarget(
            name: "NeuralNetworksTests",
            dependencies: ["NeuralNetworks", "ProgramRunning", "StableHLO", "Tensors", "TestSupport"]),
        .testTarget(
            name: "DiffusionModelsTests",
            dependencies: [
                "DiffusionModels", "NeuralNetworks", "ProgramRunning", "StableHLO", "Tensors", "TestSupport",
            ],
            exclude: ["AdapterFixtures", "Fixtures"]),
        .testTarget(
            name: "TrainingTests",
            dependencies: [
                "Autodiff", "DiffusionModels", "NeuralNetworks", "PJRT", "ProgramRunning", "Samplers",
                "StableHLO",
                "Tensors", "TestSupport", "Training",
            ],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "KernelsTests",
            dependencies: [
                "Autodiff", "Kernels", "PJRT", "ProgramRunning", "StableHLO", "Tensors", "TestSupport",
            ]),
        .testTarget(name: "PJRTTests", dependencies: ["PJRT", "Tensors"]),
        .testTarget(
            name: "TokenizersTests", dependencies: ["Tokenizers", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "SamplersTests", dependencies: ["Samplers", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(
            name: "ImagePipelinesTests",
            dependencies: [
                "DiffusionModels", "ImagePipelines", "Images", "NeuralNetworks", "PJRT", "Samplers",
                "Tensors",
                "Tokenizers",
            ],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "ondolTests",
            dependencies: [
                "Images", "PJRT", "Painter", "Provenance", "Rights", "Samplers", "Simulation", "Tensors",
                "Training",
                "ondol",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(
            name: "ProvenanceTests", dependencies: ["Images", "Provenance", "Rights", "TestSupport"],
            exclude: ["Fixtures"]),
        .testTarget(name: "RightsTests", dependencies: ["Rights", "TestSupport"]),
        .testTarget(name: "ServingTests", dependencies: ["Serving", "TestSupport"]),
        .testTarget(name: "SimulationTests", dependencies: ["Serving", "Simulation", "TestSupport"]),
        .testTarget(
            name: "StoresTests",
            dependencies: [
                "Rights", "RightsSamples", "Serving", "Stores", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Rights", "ScriptedService", "Server", "Serving", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "WorkerTests",
            dependencies: [
                "DiffusionModels", "ImagePipelines", "Images", "NeuralNetworks", "PJRT", "Provenance",
                "Rights",
                "Samplers", "Serving",
                "Stores", "Tensors", "TestSupport", "Worker", .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "Images", "Provenance", "Rights", "RightsSamples", "Server", "Service", "Serving", "Stores",
                "TestSupport", "Worker",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "PagesTests",
            dependencies: [
                "Pages", "Rights", "ScriptedService", "Server", "Serving",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(name: "ImagesTests", dependencies: ["Images", "Tensors", "TestSupport"]),
    ]
)
