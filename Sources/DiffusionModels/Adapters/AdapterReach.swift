import NeuralNetworks

/// How much of a network adapters change: a program has low-rank paths for all layers in its reach.
///
/// Few classes, and not each adapter's own layers, so that few programs serve all adapters.
public enum AdapterReach: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// The four linear layers of every attention, as most adapters.
    case attention
    /// All layers around attention: feed-forward layers and projections too, as kohya's trainer changes them.
    case transformers
    /// Every linear layer and convolution.
    case everything

    /// Whether a layer lies in the reach.
    func holds(_ path: String, of component: ModelComponent) -> Bool {
        switch self {
        case .attention:
            AdapterTarget.names(in: component).contains { path.hasSuffix(".\($0)") }
                && !path.hasPrefix("add_embedding.")
        case .transformers: path.contains("attentions.") || path.contains("encoder.layers.")
        case .everything: true
        }
    }

    /// Whether all that this one changes is changed by the other.
    public static func < (left: AdapterReach, right: AdapterReach) -> Bool { left.rawValue < right.rawValue }
}

/// Which low-rank paths a program has: how far they reach and how wide they are.
public struct LowRankForm: Sendable, Hashable {
    /// The inner dimension: a power of two from 4 up.
    public let rank: Int
    /// The layers.
    public let reach: AdapterReach

    /// Takes the next power of two for a rank.
    public init(rank: Int, reach: AdapterReach) {
        var rounded = 4
        while rounded < rank { rounded *= 2 }
        self.rank = rounded
        self.reach = reach
    }

    /// The form that holds both.
    public func union(_ other: LowRankForm) -> LowRankForm {
        LowRankForm(rank: max(rank, other.rank), reach: max(reach, other.reach))
    }
}

extension Adapter {
    /// The smallest form that holds what the adapter does to a component; nil where it leaves it alone.
    public func form(in component: ModelComponent) -> LowRankForm? {
        let layers = layers.filter { $0.component == component }
        guard let rank = layers.map(\.rank).max() else { return nil }
        let reach = AdapterReach.allCases.first { reach in
            layers.allSatisfy { reach.holds($0.path, of: component) }
        }
        return LowRankForm(rank: rank, reach: reach ?? .everything)
    }
}
