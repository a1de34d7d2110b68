/// Clothes over a pose.
extension FigurePainter {
    /// A dress with collar and hem; over the knees when its wearer sits.
    func dress(_ pose: Pose, _ wardrobe: Wardrobe) {
        let (shoulder, hip) = (pose.shoulder, pose.hip)
        let shape: Path
        if pose.seat != nil {
            let knee = pose.legs[1].middle
            let lift = pose.seat == .ground ? 0.02 : 0.0
            shape = .closed([
                shoulder + Point(-0.085, 0), shoulder + Point(0.085, 0), shoulder + Point(0.085, 0.14),
                Point(knee.x * 0.6, knee.y - 0.09 - lift), Point(knee.x + 0.05, knee.y - 0.05),
                Point(knee.x + 0.06, knee.y + 0.06), Point(hip.x + 0.10, hip.y + 0.09),
                Point(hip.x - 0.13, hip.y + 0.08),
                Point(hip.x - 0.15, hip.y - 0.02), shoulder + Point(-0.09, 0.15),
            ])
        } else {
            let swing = scene.action == .walking ? -0.035 : 0
            let hem = -0.20
            shape = .closed([
                shoulder + Point(-0.08, 0), shoulder + Point(0.08, 0), Point(shoulder.x + 0.09, -0.46),
                Point(hip.x + 0.15, -0.32), Point(0.20 + swing, hem), Point(0.08 + swing, hem + 0.025),
                Point(-0.08 + swing, hem + 0.025), Point(-0.20 + swing, hem), Point(hip.x - 0.15, -0.32),
                Point(shoulder.x - 0.09, -0.46),
            ])
            fill(shape, wardrobe.top)
            line(
                [
                    Point(-0.175 + swing, hem - 0.035), Point(swing, hem - 0.01),
                    Point(0.175 + swing, hem - 0.035),
                ],
                accent(wardrobe.top), width: 0.022)
            collar(shoulder, wardrobe)
            return
        }
        fill(shape, wardrobe.top)
        collar(shoulder, wardrobe)
    }

    /// A shirt, plain or striped, and shorts or trousers.
    func shirt(_ pose: Pose, _ wardrobe: Wardrobe) {
        let (shoulder, hip) = (pose.shoulder, pose.hip)
        shorts(pose, wardrobe)
        let body = Path.closed([
            shoulder + Point(-0.085, 0), shoulder + Point(0.085, 0),
            hip.mixed(with: shoulder, 0.5) + Point(0.115, 0),
            hip + Point(0.118, -0.01), hip + Point(0, 0.012), hip + Point(-0.118, -0.01),
            hip.mixed(with: shoulder, 0.5) + Point(-0.115, 0),
        ])
        fill(body, wardrobe.top)
        if random.chance(0.4) {
            for fraction in [0.34, 0.62] {
                let middle = shoulder.mixed(with: hip, fraction)
                line(
                    [middle + Point(-0.10, 0), middle + Point(0, 0.008), middle + Point(0.10, 0)],
                    accent(wardrobe.top), width: 0.03)
            }
        } else {
            line([shoulder + Point(-0.07, 0.01), hip + Point(0.10, -0.06)], Color(0x8A5A3C), width: 0.022)
            ellipse(hip.x + 0.11, hip.y - 0.03, 0.055, 0.06, Color(0xA0693F), shade: 0.5, outlined: true)
        }
        collar(shoulder, wardrobe)
    }

    private func shorts(_ pose: Pose, _ wardrobe: Wardrobe) {
        let hip = pose.hip
        guard pose.seat == nil else {
            for leg in pose.legs {
                limb(
                    [hip + Point(-0.02, 0.0), leg.middle + Point(-0.02, 0)], [0.15, 0.11], wardrobe.trousers)
            }
            return
        }
        let (far, near) = (pose.legs[0], pose.legs[1])
        fill(
            .polygon([
                hip + Point(-0.112, -0.04), hip + Point(0.112, -0.04), near.middle + Point(0.068, 0.0),
                near.middle + Point(-0.045, 0.01), hip + Point(0.0, 0.09), far.middle + Point(0.045, 0.01),
                far.middle + Point(-0.068, 0.0),
            ]), wardrobe.trousers)
    }

    /// An old man's long coat with buttons.
    func coat(_ pose: Pose, _ wardrobe: Wardrobe) {
        let (shoulder, hip) = (pose.shoulder, pose.hip)
        let shape: Path
        if pose.seat != nil {
            let knee = pose.legs[1].middle
            shape = .closed([
                shoulder + Point(-0.10, 0.0), shoulder + Point(0.09, 0.0), shoulder + Point(0.13, 0.14),
                Point(knee.x * 0.5, knee.y - 0.075), Point(knee.x * 0.85, knee.y + 0.02),
                Point(hip.x + 0.06, hip.y + 0.09),
                Point(hip.x - 0.14, hip.y + 0.08), Point(hip.x - 0.15, hip.y - 0.06),
                shoulder + Point(-0.13, 0.13),
            ])
        } else {
            shape = .closed([
                shoulder + Point(-0.10, 0), shoulder + Point(0.10, 0), Point(shoulder.x + 0.14, -0.44),
                Point(hip.x + 0.155, -0.17),
                Point(hip.x, -0.15), Point(hip.x - 0.155, -0.17), Point(shoulder.x - 0.14, -0.44),
            ])
        }
        fill(shape, wardrobe.top)
        line([shoulder + Point(0.02, 0.06), hip + Point(0.02, 0.02)], wardrobe.top.scaled(0.7), width: 0.014)
        for fraction in [0.45, 0.72, 0.98] {
            let button = shoulder.mixed(with: hip, fraction)
            ellipse(button.x + 0.045, button.y, 0.014, 0.014, Color(0xF3DDA0))
        }
    }

    func scarf(_ pose: Pose, _ wardrobe: Wardrobe) {
        let color = accent(wardrobe.top)
        let neck = pose.shoulder + Point(0, -0.015)
        limb(
            [neck + Point(0.06, 0.01), neck + Point(0.085, 0.09), neck + Point(0.075, 0.17)],
            [0.055, 0.06, 0.065], color)
        fill(.ellipse(neck, 0.115, 0.045), color, shade: 0.6)
    }

    private func collar(_ shoulder: Point, _ wardrobe: Wardrobe) {
        guard scene.weather != .snow else { return }
        let color = wardrobe.top.brightness > 0.85 ? Color(0x7FA4D6) : Color(0xFFFBF2)
        for side in [-1.0, 1.0] {
            fill(
                .closed([
                    shoulder + Point(0, 0.0), shoulder + Point(side * 0.075, 0.002),
                    shoulder + Point(side * 0.06, 0.055), shoulder + Point(side * 0.012, 0.05),
                ]),
                color, shade: 0.2)
        }
    }

    /// A colour that goes with the main one.
    func accent(_ color: Color) -> Color {
        color.brightness > 0.72 ? Color(0xD8574C) : Color(0xFFE9B8)
    }
}
