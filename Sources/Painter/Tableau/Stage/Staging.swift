/// Where the horizon lies, how high the eye is, and how large and where the main figure stands.
struct Staging {
    /// Height of the horizon in picture units, from the top.
    var horizon: Double
    /// Height of the eye over the ground in metres.
    var eye: Double
    /// Picture units a metre where the main figure stands.
    var scale: Double
    /// Where the main figure's feet are; below the picture in portraits.
    var foot: Double
    /// The main figure's middle.
    var across: Double

    /// Picture units a metre for something whose foot is at `y`.
    func scale(at y: Double) -> Double { max(0.001, (y - horizon) / eye) }

    /// Where in the picture a point lies that is `x` metres right of the middle, `y` metres over the ground and `z`
    /// picture units deep.
    func project(_ x: Double, _ y: Double, _ z: Double, width: Double) -> Point {
        Point(width / 2 + x / z, horizon - (y - eye) / z)
    }
}
