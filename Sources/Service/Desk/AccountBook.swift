import Serving
import Stores

/// The accounts of the callers seen lately, each with its revision.
///
/// Every caller's account is read from the store once, then changed here and written beside the job that changed it.
struct AccountBook {
    /// A caller's account, as it is in memory.
    private struct Entry {
        var account: CallerAccount
        var revision: Int64
        var end: Moment?
        /// Whether the store has an older state.
        var isUnsaved = false
        var used: Moment
    }

    private var entries: [CallerIdentifier: Entry] = [:]
    /// Open jobs that the store found at the start, for accounts that were not read yet.
    private var openJobs: [CallerIdentifier: Int]
    private let limit: Int

    /// - Parameters:
    ///   - openJobs: open jobs by account, which are right where an account says otherwise.
    ///   - limit: accounts kept in memory before those that nothing depends on are let go of.
    init(openJobs: [CallerIdentifier: Int] = [:], limit: Int = 100_000) {
        self.openJobs = openJobs
        self.limit = limit
    }

    /// Whether a caller's account is here.
    func knows(_ caller: CallerIdentifier) -> Bool { entries[caller] != nil }

    /// Takes what the store has of a caller; what is here already stays.
    mutating func adopt(_ record: AccountRecord?, of caller: CallerIdentifier, end: Moment?, at now: Moment) {
        guard entries[caller] == nil else { return }
        var account = record?.account ?? CallerAccount()
        account.usage.correct(openPictures: openJobs.removeValue(forKey: caller) ?? 0)
        entries[caller] = Entry(
            account: account, revision: record?.revision ?? 0, end: end ?? record?.end, used: now)
    }

    /// A caller's account; that of a stranger where it was not adopted.
    subscript(caller: CallerIdentifier) -> CallerAccount { entries[caller]?.account ?? CallerAccount() }

    /// Changes an account.
    mutating func set(_ account: CallerAccount, of caller: CallerIdentifier, at now: Moment) {
        var entry = entries[caller] ?? Entry(account: account, revision: 0, used: now)
        entry.account = account
        entry.revision += 1
        entry.isUnsaved = true
        entry.used = now
        entries[caller] = entry
    }

    /// An account as it is to be written now.
    func record(of caller: CallerIdentifier) -> AccountRecord? {
        entries[caller].map {
            AccountRecord(caller: caller, account: $0.account, revision: $0.revision, end: $0.end)
        }
    }

    /// Takes note of what was written.
    mutating func saved(_ records: [AccountRecord]) {
        for record in records where entries[record.caller]?.revision == record.revision {
            entries[record.caller]?.isUnsaved = false
        }
    }

    /// What the store has an older state of.
    var unsaved: [AccountRecord] { entries.keys.filter { entries[$0]?.isUnsaved == true }.compactMap(record) }

    /// Lets go of the accounts used longest ago where there are too many; only of those that the store has as they are, and
    /// that no open picture will change.
    mutating func trim() {
        guard entries.count > limit else { return }
        let idle = entries.filter { !$0.value.isUnsaved && $0.value.account.usage.picturesOpen == 0 }
            .sorted { $0.value.used < $1.value.used }
        for (caller, _) in idle.prefix(entries.count - limit * 9 / 10) { entries[caller] = nil }
    }
}
