import Crypto
import Server
import Serving
import Stores

/// What visitors without a key may do: a plan, counted by cookie and by address.
struct StoredVisitors: VisitorService {
    let plan: Plan
    /// What addresses are hashed with: an address itself is not kept.
    let addressKey: [UInt8]

    func caller(of visitor: Visitor) async throws -> Caller {
        guard let name = CallerIdentifier.visitor(visitor.id) else {
            throw ServiceError(.damaged, "a visitor has a name that no store can have")
        }
        let address = visitor.network.flatMap { CallerIdentifier.address(hash: hash($0)) }
        return Caller(id: name.text, sharedAccount: address?.text, scopes: [.draw, .read], plan: plan)
    }

    private func hash(_ network: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(network.utf8), using: SymmetricKey(data: addressKey))
        return code.prefix(16).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
