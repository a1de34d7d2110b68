import FoundationEssentials
import NeuralNetworks
import Tensors

@testable import DiffusionModels

/// A file of `Fixtures/`: what PyTorch made of training.
///
/// Made by `python Tools/parity/training_tiny.py`; each file's metadata names versions and seed.
struct TrainingCase {
    private let file: SafetensorsFile

    init(_ name: String) throws {
        let folder = #filePath.dropLast("TrainingCase.swift".count) + "Fixtures"
        file = try SafetensorsFile(path: "\(folder)/\(name).safetensors")
    }

    /// A tensor as the file has it.
    func tensor(_ name: String) throws -> HostTensor { try file.tensor(named: name) }

    /// A picture as networks here take it: `[batch, height, width, channels]`.
    func picture(_ name: String) throws -> HostTensor { try tensor(name).transposed([0, 2, 3, 1]) }

    /// A parameter's tensor of a group, such as `gradient`, as it lies on the device.
    func tensor(_ group: String, _ parameter: ParameterSpecification) throws -> HostTensor {
        try tensor("\(group)/\(parameter.name)").transposed(parameter.permutation)
    }

    /// The settings that the numbers were made with.
    func settings() throws -> Settings {
        try JSONDecoder().decode(Settings.self, from: Data((file.metadata["settings"] ?? "").utf8))
    }

    /// The rates of the steps of `adamw.safetensors`.
    func rates() throws -> [Double] {
        try JSONDecoder().decode([Double].self, from: Data((file.metadata["rates"] ?? "").utf8))
    }

    /// The networks whose weights the file holds.
    func networks() throws -> (UNet, TextEncoder) {
        func fields(_ name: String) throws -> ConfigurationFields {
            try ConfigurationFields(data: Data((file.metadata[name] ?? "").utf8), file: name)
        }
        return (
            UNet(try UNetConfiguration(fields("unet"))),
            TextEncoder(try TextEncoderConfiguration(fields("text_encoder")))
        )
    }

    /// What PyTorch's optimizer was set to.
    struct Settings: Decodable {
        let lr: Double
        let betas: [Double]
        let eps: Double
        let weightDecay: Double
        let norm: Double?
        let textRate: Double?
        let average: Double?
        let steps: Int?

        enum CodingKeys: String, CodingKey {
            case lr, betas, eps, norm, average, steps
            case weightDecay = "weight_decay"
            case textRate = "text_rate"
        }
    }
}

/// How far a result is from what is expected: the largest difference, relative to `scale` or the largest value.
func distance(_ result: HostTensor, _ expected: HostTensor, scale: Double? = nil) -> Double {
    guard result.type == expected.type else { return .infinity }
    let (found, wanted) = (result.elements(as: Float.self), expected.elements(as: Float.self))
    let difference = zip(found, wanted).map { abs(Double($0) - Double($1)) }
    // A NaN compares as smaller than anything.
    guard difference.allSatisfy(\.isFinite) else { return .infinity }
    return (difference.max() ?? 0) / max(largest(expected), scale ?? 0, .leastNormalMagnitude)
}

/// The largest magnitude in a tensor.
func largest(_ tensor: HostTensor) -> Double {
    tensor.elements(as: Float.self).map { abs(Double($0)) }.max() ?? 0
}
