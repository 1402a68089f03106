/**
 * The way of a trade: Books that accept and settle, Accounts that hold takers' cash, and what both
 * say to Capacity and to the outward face.
 */
@NullMarked
package io.dolim.book;

import org.jspecify.annotations.NullMarked;
