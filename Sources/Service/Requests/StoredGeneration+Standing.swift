import Server
import Serving
import Stores

extension StoredGeneration {
    /// What a caller has left of its limits; nil where its account cannot be read now.
    func standing(of caller: Caller) async -> CallerStanding? {
        let now = environment.now()
        guard let identifier = CallerIdentifier(caller.id),
            (try? await readAccounts(of: caller, at: now)) != nil
        else { return nil }
        return shared.with { $0.standing(of: identifier, plan: caller.plan, at: now) }
    }
}
