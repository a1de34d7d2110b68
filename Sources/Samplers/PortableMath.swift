/// Logarithm, sine and cosine from IEEE operations only, so that their bits do not depend on a C library.
///
/// They are within a few units of the last place of `Double`, and are rounded to `Float` by the caller.
enum PortableMath {
    /// ln(x) for a normal, positive x.
    ///
    /// With x = m·2ᵉ and m between √½ and √2, ln(x) = e·ln 2 + 2·artanh((m−1)/(m+1)), whose series falls by
    /// a factor of at least 34 a term.
    static func naturalLogarithm(_ value: Double) -> Double {
        var mantissa = value.significand
        var exponent = Double(value.exponent)
        if mantissa > 1.414_213_562_373_095_1 {
            mantissa /= 2
            exponent += 1
        }
        let ratio = (mantissa - 1) / (mantissa + 1)
        let square = ratio * ratio
        var sum = 0.0
        for odd in stride(from: 23, through: 1, by: -2) {
            sum = sum * square + 1 / Double(odd)
        }
        return exponent * 0.693_147_180_559_945_3 + 2 * ratio * sum
    }

    /// cos(2πn/2³²) and sin(2πn/2³²), reduced to an angle of at most π/4 without rounding.
    static func cosineAndSine(turns number: UInt32) -> (Double, Double) {
        let quadrant = number >> 30
        let place = Double(number & 0x3FFF_FFFF) * 0x1p-30
        let isUpperHalf = place > 0.5
        let angle = (isUpperHalf ? 1 - place : place) * 1.570_796_326_794_896_6
        let (near, far) = series(angle)
        let (cosine, sine) = isUpperHalf ? (far, near) : (near, far)
        switch quadrant {
        case 0: return (cosine, sine)
        case 1: return (-sine, cosine)
        case 2: return (-cosine, -sine)
        default: return (sine, -cosine)
        }
    }

    /// Cosine and sine of an angle from 0 to π/4 by their Taylor series.
    private static func series(_ angle: Double) -> (Double, Double) {
        let square = angle * angle
        var cosine = 1.0
        var sine = 1.0
        for order in stride(from: 18, through: 2, by: -2) {
            cosine = 1 - square / Double(order * (order - 1)) * cosine
            sine = 1 - square / Double(order * (order + 1)) * sine
        }
        return (cosine, angle * sine)
    }
}
