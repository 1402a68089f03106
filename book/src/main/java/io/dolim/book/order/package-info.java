/** Resting orders: what a taker wishes to trade when the pool's price comes to his limit. Values only. */
@NullMarked
package io.dolim.book.order;

import org.jspecify.annotations.NullMarked;
