/** The values of a trade: who, under which order id, on which quote, for how much, and why not. */
@NullMarked
package io.dolim.book.trade;

import org.jspecify.annotations.NullMarked;
