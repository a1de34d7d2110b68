import DiffusionModels
import NeuralNetworks
import ProgramRunning
import StableHLO
import Tensors
import TestSupport
import Testing

/// A tiny random model of `Fixtures/`, with what the reference made of it.
///
/// Made by `python Tools/parity/models_tiny.py`; each case's metadata names versions and seed.
struct ParityCase: Sendable, CustomTestStringConvertible {
    /// Its folder's name, or the whole path of a folder elsewhere.
    let name: String

    init(_ name: String) { self.name = name }

    var testDescription: String { name }
    var folder: String { name.hasPrefix("/") ? name : Self.fixtures + "/" + name }

    static let fixtures = String(#filePath.dropLast("ParityCase.swift".count)) + "Fixtures"

    /// The names of all cases there are.
    static var allNames: [String] { fileNames(in: fixtures) }

    func fields() throws -> ConfigurationFields { try ConfigurationFields(file: "\(folder)/config.json") }

    /// A tensor of the case; pictures become `[batch, height, width, channels]`.
    func tensor(_ name: String) throws -> HostTensor {
        let tensor = try SafetensorsFile(path: "\(folder)/case.safetensors").tensor(named: name)
        return tensor.shape.rank == 4 ? tensor.transposed([0, 2, 3, 1]) : tensor
    }

    /// Builds a program over the case's inputs, gives it the weights that it asks for, and runs it.
    func run(
        _ policy: ComputePolicy, inputs: [HostTensor],
        _ build: ([Value], ModuleScope) throws -> [Value]
    ) throws -> [HostTensor] {
        let builder = FunctionBuilder()
        let arguments = inputs.enumerated().map { builder.argument("input.\($0)", $1.type) }
        let graph = ModelGraph(builder: builder, policy: policy)
        let results = try build(arguments, graph.root)
        let store = try WeightStore(folder: folder)
        try store.check(graph.parameters)
        let weights = try graph.parameters.map { try store.tensor(for: $0, as: policy.parameterType) }
        return try ProgramRunner.compile(graph.finish(returning: results))(inputs + weights)
    }
}

/// How far a result is from what the reference got: the largest difference, relative to the largest value.
func distance(_ result: HostTensor, _ expected: HostTensor) -> Double {
    guard result.type == expected.type else { return .infinity }
    let (found, wanted) = (result.elements(as: Float.self), expected.elements(as: Float.self))
    let difference = zip(found, wanted).map { abs(Double($0) - Double($1)) }
    // A NaN compares as smaller than anything.
    guard difference.allSatisfy(\.isFinite) else { return .infinity }
    return (difference.max() ?? 0) / (wanted.map { abs(Double($0)) }.max() ?? 1)
}
