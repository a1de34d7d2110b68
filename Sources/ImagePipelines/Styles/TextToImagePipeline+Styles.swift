import DiffusionModels
import NeuralNetworks
import PJRT
import Synchronization
import Tensors

extension TextToImagePipeline {
    /// The largest inner dimension of a style that is drawn with; beyond that an adapter costs as much as the model.
    public static let styleRankLimit = 256

    /// Makes an adapter ready: every number is looked at, and its matrices are brought to the device.
    ///
    /// Touches no session and compiles nothing: to be called beside what is drawn.
    /// - Parameter name: what tells it apart from others of this pipeline; the same name must be the same content.
    /// - Throws: ``PipelineError`` with `model` where the adapter was made for another model or cannot be used.
    public func style(named name: String, adapter: Adapter) throws -> PipelineStyle {
        do {
            if let refusal = Self.refusal(of: adapter) { throw refusal }
            let style = PipelineStyle(name: name, adapter: adapter, client: programs.compiler.client)
            for component in [ModelComponent.textEncoder, .unet] {
                guard let own = style.forms[component] else { continue }
                try adapter.check(programs.parameters(of: component), of: component)
                _ = try style.vector(in: programs.layout(form([own], of: component), of: component))
            }
            return style
        } catch {
            throw PipelineError.from(error, as: error is ModelError ? .model : .device)
        }
    }

    /// The same for an adapter's file.
    /// - Throws: ``PipelineError`` with `model` where the file is missing or no adapter of this model.
    public func style(named name: String, adapterFile path: String) throws -> PipelineStyle {
        do {
            return try style(named: name, adapter: Adapter(path: path))
        } catch {
            throw PipelineError.from(error, as: .model)
        }
    }

    /// What an adapter's file asks of programs, by its header alone.
    /// - Throws: ``PipelineError`` with `model` where the file is missing or no adapter of this model.
    public func styleForms(ofAdapter path: String) throws -> StyleForms {
        do {
            let adapter = try Adapter(path: path)
            if let refusal = Self.refusal(of: adapter) { throw refusal }
            var forms = StyleForms()
            for component in [ModelComponent.textEncoder, .unet] {
                guard let form = adapter.form(in: component) else { continue }
                try adapter.check(programs.parameters(of: component), of: component)
                forms.byComponent[component] = form
            }
            return forms
        } catch {
            throw PipelineError.from(error, as: .model)
        }
    }

    private static func refusal(of adapter: Adapter) -> PipelineError? {
        adapter.layers.first { $0.rank > styleRankLimit }.map { layer in
            PipelineError(
                .model,
                "\(adapter.path) has a rank of \(layer.rank); styles are drawn with up to \(styleRankLimit)")
        }
    }

    /// Compiles what rows with styles of their own, and batches of one style, need, so that no batch waits for it later.
    ///
    /// From then on styles up to these forms share the programs made here.
    /// - Parameters:
    ///   - styles: what holds all styles that are expected.
    ///   - capacity: rows of the batch; a single row needs no program of its own, since its style is worked into the weights.
    ///   - reusesFeatures: whether pictures may allow that features are reused; three times as many programs.
    /// - Throws: ``PipelineError`` with `device` where a program cannot be compiled.
    public func prepareStyles(
        _ styles: StyleForms, size: PictureSize, capacity: Int,
        guidance: Set<Bool> = [true, false], reusesFeatures: Bool = false, readsWeights: Bool = false
    ) throws {
        let forms = styles.byComponent
        do {
            var kinds: [ModelPrograms.Kind] = []
            if let own = forms[.unet] {
                let form = form([own], of: .unet)
                let uses: [StepProgram.FeatureUse?] =
                    reusesFeatures && canReuseFeatures ? [nil, .keeping, .reusing] : [nil]
                for isGuided in guidance.sorted(by: { $0 && !$1 }) where capacity > 1 {
                    kinds += uses.map { features in
                        .step(
                            StepProgram(
                                rows: capacity, latentHeight: size.latentHeight,
                                latentWidth: size.latentWidth, tokens: tokenCount,
                                guidedRows: isGuided ? capacity : 0, features: features,
                                styles: StyleSlots(count: RowwiseStyling.usualSlots, form: form)))
                    }
                }
                kinds.append(.merge(MergeProgram(component: .unet, form: form)))
            }
            if let own = forms[.textEncoder] {
                let form = form([own], of: .textEncoder)
                kinds.append(.text(tokens: tokenCount, styles: StyleSlots(count: 1, form: form)))
            }
            try programs.prepare(kinds)
            if readsWeights { for kind in kinds { _ = try programs.program(kind) } }
            preparedForms.withLock { prepared in
                for (component, form) in forms {
                    prepared[component] = prepared[component].map { $0.union(form) } ?? form
                }
            }
        } catch {
            throw PipelineError.from(error, as: error is ModelError ? .model : .device)
        }
    }

    /// The form that holds these and all that was prepared.
    func form(_ forms: [LowRankForm], of component: ModelComponent) -> LowRankForm {
        let prepared = preparedForms.withLock { $0[component] }
        let all = forms + [prepared].compactMap(\.self)
        return all.dropFirst().reduce(all.first ?? LowRankForm(rank: 4, reach: .attention)) { $0.union($1) }
    }

    /// The program of a text with the styles that change the text encoder, and its arguments beside the tokens.
    func textProgram(_ styles: [PictureStyle]) throws -> (kind: ModelPrograms.Kind, arguments: [Buffer]) {
        guard !styles.isEmpty else { return (.text(tokens: tokenCount), []) }
        var slots = 1
        while slots < styles.count { slots *= 2 }
        let form = form(styles.compactMap { $0.style.forms[.textEncoder] }, of: .textEncoder)
        let layout = try programs.layout(form, of: .textEncoder)
        let weights = styles.map { Float($0.strength) } + Array(repeating: 0, count: slots - styles.count)
        let vectors = try styles.map { try $0.style.vector(in: layout) }
        let client = programs.compiler.client
        return (
            .text(tokens: tokenCount, styles: StyleSlots(count: slots, form: form)),
            try [client.buffer(from: HostTensor(weights, shape: [1, slots]))] + vectors
                + Array(repeating: vectors[0], count: slots - vectors.count)
        )
    }
}

/// What styles ask of a model's programs: how far their low-rank paths reach and how wide they are.
public struct StyleForms: Sendable, Hashable {
    var byComponent: [ModelComponent: LowRankForm]

    /// Nothing.
    public init() { byComponent = [:] }

    init(_ byComponent: [ModelComponent: LowRankForm]) { self.byComponent = byComponent }

    /// Whether nothing is asked.
    public var isEmpty: Bool { byComponent.isEmpty }

    /// What holds both.
    public func union(_ other: StyleForms) -> StyleForms {
        StyleForms(byComponent.merging(other.byComponent) { $0.union($1) })
    }
}

/// A text and what changes how it is read.
struct ContextKey: Hashable, Sendable {
    let identifiers: [Int32]
    /// Those that change the text encoder, in the order of their names.
    let styles: [PictureStyle]

    init(_ text: TokenizedText, _ styles: [PictureStyle]) {
        identifiers = text.identifiers
        self.styles = styles.filter { $0.style.forms[.textEncoder] != nil }.sorted {
            $0.style.name < $1.style.name
        }
    }
}
