import DiffusionModels
import PJRT
import Synchronization
import Tensors

/// An adapter made ready for one model: checked number by number, and its matrices on the device.
///
/// Made by ``TextToImagePipeline/style(named:adapter:)`` beside whatever is drawn; sessions then take it as arguments, and
/// nothing is compiled for it. Frees the device's memory at its deinit. May be used from any thread.
public final class PipelineStyle: Sendable {
    /// What tells styles of one pipeline apart; the same name is the same content.
    public let name: String
    private let adapter: Adapter
    private let client: Client
    /// The adapter's own form in each component that it changes.
    let forms: [ModelComponent: LowRankForm]
    /// The vectors on the device, by the layouts they were asked for in: the pipeline's when it was loaded, and wider ones
    /// where it shares a batch with larger adapters. At most a few, since forms are powers of two.
    private let vectors = Mutex<[Key: Buffer]>([:])

    private struct Key: Hashable {
        let component: ModelComponent
        let form: LowRankForm
    }

    init(name: String, adapter: Adapter, client: Client) {
        self.name = name
        self.adapter = adapter
        self.client = client
        var forms: [ModelComponent: LowRankForm] = [:]
        for component in ModelComponent.allCases { forms[component] = adapter.form(in: component) }
        self.forms = forms
    }

    /// Bytes that it takes on the device.
    public var byteCount: Int {
        vectors.withLock { $0.values.reduce(0) { $0 + $1.shape.elementCount * $1.elementType.byteCount } }
    }

    /// The matrices in a layout, on the device; brought there the first time.
    func vector(in layout: LowRankLayout) throws -> Buffer {
        let key = Key(component: layout.component, form: layout.form)
        if let known = vectors.withLock({ $0[key] }) { return known }
        // Outside the lock: two that pack the same vector waste time, but never wait for each other.
        let buffer = try client.buffer(
            from: layout.packed(adapter), transfer: client.plugin.kind == .cpu ? .sharing : .copying)
        vectors.withLock { $0[key] = buffer }
        return buffer
    }
}

/// A style as a picture wants it.
public struct PictureStyle: Sendable, Hashable {
    /// The style.
    public let style: PipelineStyle
    /// How strongly, within ``strengths``; 1 as it was trained.
    public let strength: Double

    /// How strongly styles may be used; below 0 a picture is drawn away from one.
    public static let strengths = -2.0...2.0
    /// The most styles of one picture: more blur into each other.
    public static let limit = 4

    /// Pairs a style with a strength.
    public init(_ style: PipelineStyle, strength: Double = 1) {
        self.style = style
        self.strength = strength
    }

    /// The same style by name, as strongly.
    public static func == (left: PictureStyle, right: PictureStyle) -> Bool {
        left.style.name == right.style.name && left.strength == right.strength
    }

    /// Agrees with `==`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(style.name)
        hasher.combine(strength)
    }

    /// Refuses styles that no picture can have.
    /// - Throws: ``PipelineError`` with `invalidSetting`.
    static func check(_ styles: [PictureStyle]) throws(PipelineError) {
        guard styles.count <= limit else {
            throw PipelineError(
                .invalidSetting, "\(styles.count) styles were asked for; a picture has at most \(limit)")
        }
        guard Set(styles.map(\.style.name)).count == styles.count else {
            throw PipelineError(
                .invalidSetting, "a style was asked for twice; name each once, with its strength")
        }
        guard styles.allSatisfy({ strengths.contains($0.strength) }) else {
            throw PipelineError(
                .invalidSetting,
                "a style's strength must be \(strengths.lowerBound) to \(strengths.upperBound)")
        }
    }
}
