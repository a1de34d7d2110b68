extension AdmissionDesk {
    /// Takes a request, at a lower tier if need be, or turns it away.
    ///
    /// What is taken is counted to the caller's limits and share, and stands in the line; the caller of this method writes
    /// account and terms to the store before it answers. What is turned away costs the caller nothing but the request.
    ///
    /// A visitor without a key is counted twice, by cookie and by address: check and count the address with ``Limits``
    /// beside this call.
    ///
    /// - Complexity: O(√waiting + pictures).
    public mutating func decide(
        _ order: PictureOrder, plan: Plan, account: inout CallerAccount, at now: Moment
    ) -> AdmissionDecision {
        tickets.sweep(at: now)
        if let ticket = account.ticket, ticket.comeBackUntil < now { account.ticket = nil }
        if let refusal = refusalByLimits(order, plan: plan, account: &account, now: now) {
            return .refused(refusal)
        }
        let tier = updateTier(for: order, now: now)
        let broughtTicket = account.ticket.flatMap { $0.number == order.ticketNumber ? $0 : nil }
        var offer = Offer(
            order: order, plan: plan, share: account.share, arrivals: account.arrivals, ticket: broughtTicket,
            now: now)
        for candidate in tiers(for: order, plan: plan, current: tier) {
            offer = self.offer(offer, tier: candidate)
            if offer.isBearable {
                return .accepted(accept(offer, account: &account))
            }
        }
        return .refused(refuse(offer, account: &account))
    }

    private mutating func updateTier(for order: PictureOrder, now: Moment) -> Tier {
        let full = memory.prices.price(order.shape, recipe: order.ownRecipe ?? recipes.full)
        memory.demand.observe(workSeconds: Double(order.count) * full.workSeconds, at: now)
        return memory.tiers.update(TierLoads { loadSeconds(givenTo: $0, at: now) }, at: now)
    }

    /// A tier tried for an order, and what it would mean.
    struct Offer {
        let order: PictureOrder
        let plan: Plan
        let share: FairShare
        let arrivals: OwnArrivals?
        let ticket: Ticket?
        let now: Moment
        /// Where the first picture would stand.
        var place = QueuePlace(tag: 0, number: 0)
        var tier = Tier.full
        var price = Price(workSeconds: 0, drawSeconds: 0, aloneSeconds: 0)
        /// The guess of the last picture's wait.
        var waitSeconds = Double.infinity
        var isBearable = false
    }

    private func refusalByLimits(
        _ order: PictureOrder, plan: Plan, account: inout CallerAccount, now: Moment
    ) -> Refusal? {
        if let excess = Limits.admitRequest(&account.usage, plan: plan, at: now) {
            return Refusal(excess)
        }
        let most = min(settings.picturesPerRequest, plan.picturesPerDay, plan.picturesAtOnce)
        guard (1...most).contains(order.count) else { return Refusal(.pictureCount) }
        if let excess = Limits.check(pictures: order.count, account.usage, plan: plan, at: now) {
            return Refusal(excess)
        }
        guard capacity.workPerSecond > 0 else {
            return Refusal(.noDevice, retryAfterSeconds: settings.noDeviceRetrySeconds)
        }
        guard queue.count + order.count <= settings.queueLimit else {
            return Refusal(
                .queueFull, retryAfterSeconds: min(loadSeconds / 2 + 1, settings.longestRetrySeconds))
        }
        return nil
    }

    /// The tiers to try, best first.
    private func tiers(for order: PictureOrder, plan: Plan, current: Tier) -> ArraySlice<Tier> {
        if order.ownRecipe != nil { return Tier.allCases[0...0] }
        if let insisted = order.quality.insistedTier {
            return Tier.allCases[insisted.depth...insisted.depth]
        }
        let first = min(current.depth, plan.lowestTier.depth)
        return Tier.allCases[first...plan.lowestTier.depth]
    }

    private func offer(_ offer: Offer, tier: Tier) -> Offer {
        var offer = offer
        let order = offer.order
        offer.tier = tier
        offer.price = memory.prices.price(order.shape, recipe: order.ownRecipe ?? recipes[tier])
        offer.place =
            offer.ticket?.place
            ?? QueuePlace(
                tag: memory.clock.tag(
                    for: offer.share, workSeconds: offer.price.workSeconds, weight: offer.plan.weight),
                number: memory.nextNumber)
        // Tickets are kept waiting for only while there is enough other work.
        let countsTickets = loadSeconds >= settings.lowWaterSeconds
        let own = Double(order.count - 1) * offer.price.workSeconds
        let last = QueuePlace(tag: offer.place.tag + own / offer.plan.weight, number: offer.place.number)
        let draw = drawSeconds(offer.price)
        offer.waitSeconds = waitSeconds(
            at: last, ownWorkSeconds: own, arrivals: offer.arrivals, drawSeconds: draw,
            countsTickets: countsTickets, now: offer.now)
        // Judged by the guess alone: judged by the range, which follows what was accepted a wait ago, the line would
        // swing between long and short.
        offer.isBearable = offer.waitSeconds <= offer.plan.longestWaitSeconds
        return offer
    }

    private mutating func accept(_ offer: Offer, account: inout CallerAccount) -> Admission {
        let price = offer.price
        let weight = offer.plan.weight
        let isLight =
            offer.order.count == 1 && account.usage.picturesOpen == 0
            && memory.clock.isOwed(tag: offer.place.tag, workSeconds: price.workSeconds, weight: weight)
        if let ticket = offer.ticket {
            tickets.redeem(ticket)
            account.ticket = nil
        }
        let draw = drawSeconds(price)
        var jobs: [JobTerms] = []
        jobs.reserveCapacity(offer.order.count)
        for index in 0..<offer.order.count {
            let place: QueuePlace
            if index == 0, let ticket = offer.ticket {
                place = ticket.place
                account.share.finish =
                    max(account.share.finish ?? place.tag, place.tag) + price.workSeconds / weight
            } else {
                let tag = memory.clock.enqueue(
                    workSeconds: price.workSeconds, weight: weight, share: &account.share)
                place = QueuePlace(tag: tag, number: memory.nextNumber)
                memory.nextNumber += 1
            }
            let wait = waitSeconds(
                at: place, arrivals: account.arrivals, drawSeconds: draw,
                countsTickets: loadSeconds >= settings.lowWaterSeconds, now: offer.now)
            queue.insert(place, workSeconds: price.workSeconds)
            observeArrival(at: place, workSeconds: price.workSeconds, account: &account, now: offer.now)
            jobs.append(
                JobTerms(
                    place: place, tier: offer.tier, price: price, weight: weight,
                    promise: memory.calibration.promise(
                        waitSeconds: wait, drawSeconds: draw, isPassable: isPassable(place), at: offer.now),
                    isLight: isLight))
        }
        Limits.open(pictures: offer.order.count, &account.usage, at: offer.now)
        let isLowered =
            offer.tier > .full && offer.order.quality == .auto && offer.order.ownRecipe == nil
        return Admission(jobs: jobs, tier: offer.tier, isLowered: isLowered)
    }

    private mutating func observeArrival(
        at place: QueuePlace, workSeconds: Double, account: inout CallerAccount, now: Moment
    ) {
        let lag = place.tag - memory.clock.virtualTime
        memory.overtaking.observe(lag: lag, workSeconds: workSeconds, at: now)
        var arrivals = account.arrivals ?? OwnArrivals(at: now)
        arrivals.observe(lag: lag, workSeconds: workSeconds, at: now)
        account.arrivals = arrivals
    }

    private mutating func refuse(_ offer: Offer, account: inout CallerAccount) -> Refusal {
        let plan = offer.plan
        let alone = Double(offer.order.count - 1) * offer.price.workSeconds / capacity.workPerSecond
        guard alone <= plan.longestWaitSeconds else {
            return Refusal(.tooLarge, waitSeconds: offer.waitSeconds)
        }
        // Back when about half the bearable wait is left before the place: late enough to be taken, early enough that
        // devices have work meanwhile.
        let wait = offer.waitSeconds
        let retry = min(max(1, wait - plan.longestWaitSeconds / 2), settings.longestRetrySeconds)
        if account.ticket == nil, tickets.count < settings.ticketLimit {
            let new = Ticket(
                place: offer.place, workSeconds: Double(offer.order.count) * offer.price.workSeconds,
                comeBackFrom: offer.now + retry,
                comeBackUntil: offer.now + (retry + settings.ticketGraceSeconds))
            memory.nextNumber += 1
            tickets.issue(new)
            account.ticket = new
        }
        var possible: Tier?
        if let insisted = offer.order.quality.insistedTier, offer.order.ownRecipe == nil {
            possible = Tier.allCases.first {
                $0 > insisted && $0 <= plan.lowestTier && self.offer(offer, tier: $0).isBearable
            }
        }
        return Refusal(
            .waitTooLong, waitSeconds: wait,
            retryAfterSeconds: max(1, account.ticket.map { $0.comeBackFrom - offer.now } ?? retry),
            ticket: account.ticket, possibleTier: possible)
    }
}
