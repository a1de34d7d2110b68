import DiffusionModels
import NeuralNetworks
import PJRT
import StableHLO
import Tensors

/// A component with styles worked into its weights.
struct MergeKey: Hashable, Sendable {
    let component: ModelComponent
    let styles: [PictureStyle]
}

extension ModelPrograms {
    /// Combinations whose merged weights are kept: the batch's, and the one before. Each takes as much memory as the layers
    /// that styles change.
    static let mergedLimit = 2

    /// How styles of a form lie in a vector.
    func layout(_ form: LowRankForm, of component: ModelComponent) throws -> LowRankLayout {
        let key = MergeProgram(component: component, form: form)
        if let known = layouts.withLock({ $0.value(for: key) }) { return known }
        let layout = LowRankLayout(try parameters(of: component), of: component, form: form)
        layouts.withLock { $0.keep(layout, for: key) }
        return layout
    }

    /// What a component's network asks for.
    func parameters(of component: ModelComponent) throws -> [ParameterSpecification] {
        if let known = componentParameters.withLock({ $0[component] }) { return known }
        let parameters = try emittedParameters(of: component)
        componentParameters.withLock { $0[component] = parameters }
        return parameters
    }

    private func emittedParameters(of component: ModelComponent) throws -> [ParameterSpecification] {
        switch component {
        case .textEncoder: try source(of: .text(tokens: 1)).parameters
        case .unet:
            try source(
                of: .step(
                    StepProgram(
                        rows: 1, latentHeight: folder.unet.sampleSize, latentWidth: folder.unet.sampleSize,
                        tokens: 1, guidedRows: 0))
            ).parameters
        case .autoencoder: []
        }
    }

    /// A program with styles worked into its weights; they are merged the first time.
    func program(_ kind: Kind, merging styles: [PictureStyle], form: LowRankForm) throws -> BoundProgram {
        let program = try program(kind)
        let changed = try mergedWeights(MergeKey(component: kind.component, styles: styles), form: form)
        let names = try parameterNames(kind)
        return BoundProgram(
            executable: program.executable,
            weights: zip(names, program.weights).map { name, weight in changed[name] ?? weight })
    }

    private func mergedWeights(_ key: MergeKey, form: LowRankForm) throws -> [String: Buffer] {
        if let known = merged.withLock({ $0.value(for: key) }) { return known }
        let layout = try layout(form, of: key.component)
        let program = try program(.merge(MergeProgram(component: key.component, form: form)))
        var weights = program.weights
        let client = compiler.client
        for wish in key.styles where wish.style.forms[key.component] != nil {
            let strength = try client.buffer(from: HostTensor([Float(wish.strength)], shape: .scalar))
            weights = try program.executable.execute([wish.style.vector(in: layout), strength] + weights)
        }
        let result = Dictionary(zip(layout.weights.map(\.name), weights)) { first, _ in first }
        merged.withLock { $0.keep(result, for: key) }
        return result
    }
}
