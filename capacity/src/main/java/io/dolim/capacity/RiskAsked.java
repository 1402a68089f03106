package io.dolim.capacity;

import io.dolim.capacity.vector.PackageVectors;
import io.dolim.quoting.money.Usdc;
import java.util.SortedMap;

/** What a reservation is decided by, whoever hears the answer; as {@link Capacity.Reserve} says it. */
interface RiskAsked {

    /** The reservation's name. */
    ReservationId id();

    /** The pool's change under each live view the book knows. */
    SortedMap<Long, PackageVectors> byView();

    /** The charge in the quote that the taker accepted, signed from the taker. */
    Usdc quotedCharge();

    /** What the pool receives in cash; negative when it pays. */
    Usdc price();

    /** How far the quoted charge may fall short of the decided one. */
    Usdc tick();

    /** What the legs come to, whichever way: coins. */
    double coins();

    /** Short label for the counted-pending list of others' trades. */
    String note();
}
