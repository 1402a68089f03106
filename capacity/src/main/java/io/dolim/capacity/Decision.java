package io.dolim.capacity;

import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What becomes of a reservation that has been judged. */
record Decision(
        RiskAsked asked, Inventory inventory, OpenedView view, Desk.Rules rules, long incarnation) {

    /** The answer; one that is granted is kept among the books' reservations. */
    Capacity.ReserveReply on(Admission.Verdict verdict, Books books) {
        return switch (verdict) {
            case Admission.NotTaken not -> refused(asked.id(), not.rule(), not.numbers());
            case Admission.Taken taken -> granted(taken, books);
        };
    }

    private Capacity.ReserveReply granted(Admission.Taken taken, Books books) {
        Usdc decided = Usdc.dueFromTaker(taken.chargeUsdc(), new Usdc(1));
        if (asked.quotedCharge().plus(asked.tick()).compareTo(decided) < 0) {
            SortedMap<String, Double> numbers = new TreeMap<>();
            numbers.put("quoted_charge", asked.quotedCharge().toDouble());
            numbers.put("decided_charge", decided.toDouble());
            numbers.put("tick", asked.tick().toDouble());
            return new Capacity.Refused(
                    asked.id(), "inventory_moved", numbers, Optional.of(decided));
        }
        List<String> counted =
                books.reservations().stream()
                        .filter(each -> each.adds() || taken.countsAll())
                        .map(Reservation::label)
                        .toList();
        books.add(
                new Reservation(
                        asked.id(),
                        asked.byView(),
                        asked.price(),
                        asked.quotedCharge(),
                        asked.coins(),
                        taken.rawUsdc() > 0,
                        asked.note()));
        return new Capacity.Granted(
                asked.id(),
                incarnation,
                rules.number(),
                taken.reducing(),
                decided,
                view.view().number(),
                inventory.sequences(),
                AccountLimits.of(rules.limits(), asked.id().underlying()),
                counted);
    }

    static Capacity.Refused refused(
            ReservationId id, String rule, SortedMap<String, Double> numbers) {
        return new Capacity.Refused(id, rule, numbers, Optional.empty());
    }

    static Capacity.Refused refused(ReservationId id, String rule, String name, long number) {
        return refused(id, rule, new TreeMap<>(Map.of(name, (double) number)));
    }
}
