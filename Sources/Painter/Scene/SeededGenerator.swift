/// SplitMix64: the painter's only source of chance, the same numbers on every machine.
///
/// It does not adopt `RandomNumberGenerator`, because the standard library's algorithms over one may change
/// from one release to the next, and picture N must never change.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
struct SeededGenerator: Sendable {
    private var state: UInt64

    /// A generator whose whole sequence follows from `seed`.
    init(seed: UInt64) { state = seed }

    /// A generator of its own for one part of a picture, so that a change in one part leaves the others alone.
    init(seed: UInt64, part: Part) {
        var mixer = SeededGenerator(seed: seed ^ (part.rawValue &* 0xD6E8_FEB8_6659_FD93))
        state = mixer.next()
    }

    /// The parts of the work that draw their own numbers.
    enum Part: UInt64 {
        case attributes = 1
        case composition, details, sky, place, figure, weather, medium, caption, finish
        // The second edition's; the first edition's keep their numbers.
        case tableau = 101
        case air, touch, stage, front, drift, staging, people, tableauCaption
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in 0 ..< 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number in the range.
    mutating func uniform(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * unit()
    }

    /// A whole number in the range, ends included.
    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    /// True with the given probability.
    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// -1 or 1.
    mutating func sign() -> Double { chance(0.5) ? -1 : 1 }

    /// One of the elements; the list must not be empty.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(next() % UInt64(elements.count))]
    }

    /// One of the elements, each as often as its weight says.
    mutating func pick<Element>(_ elements: [Element], weights: [Double]) -> Element {
        var rest = unit() * weights.reduce(0, +)
        for (element, weight) in zip(elements, weights) {
            rest -= weight
            if rest < 0 { return element }
        }
        return elements[elements.count - 1]
    }

    /// The elements in another order (Fisher–Yates).
    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for index in stride(from: result.count - 1, to: 0, by: -1) {
            result.swapAt(index, integer(0...index))
        }
        return result
    }
}
