/// The proportions of a person, in heights of the person.
struct Build {
    /// From chin to crown.
    let head: Double
    let shoulder: Double
    let hip: Double
    /// Half the distance of the shoulder joints and of the hip joints.
    let shoulderHalf: Double
    let hipHalf: Double
    /// How round the trunk is.
    let girth: Double
    let isChild: Bool
    let isOld: Bool
    let isFemale: Bool

    init(_ subject: Tableau.Subject) {
        isChild = subject == .girl || subject == .boy || subject == .toddler
        isOld = subject == .grandmother || subject == .grandfather
        isFemale = subject == .girl || subject == .woman || subject == .grandmother
        switch subject {
        case .toddler: (head, shoulderHalf, hipHalf, girth) = (0.275, 0.098, 0.066, 1.28)
        case .girl, .boy: (head, shoulderHalf, hipHalf, girth) = (0.235, 0.090, 0.056, 1.0)
        case .woman: (head, shoulderHalf, hipHalf, girth) = (0.180, 0.086, 0.060, 0.94)
        case .man: (head, shoulderHalf, hipHalf, girth) = (0.176, 0.112, 0.058, 1.12)
        case .grandmother: (head, shoulderHalf, hipHalf, girth) = (0.188, 0.090, 0.066, 1.16)
        default: (head, shoulderHalf, hipHalf, girth) = (0.186, 0.104, 0.060, 1.14)
        }
        shoulder = 1 - head * 1.19
        hip = shoulder * (isChild ? 0.565 : 0.60)
    }

    var ankle: Double { 0.035 }
    var thigh: Double { (hip - ankle) * 0.512 }
    var shin: Double { (hip - ankle) * 0.502 }
    var upperArm: Double { (shoulder - hip) * 0.56 }
    var foreArm: Double { (shoulder - hip) * 0.54 }
    /// How thick limbs are.
    var limb: Double { isChild ? 0.062 : 0.052 * (girth + 1) / 2 }
}
