/**
 * How the pool's delta is brought back to its target with perpetual futures: what is to be traded and
 * why, by whom, and what venues say was traded.
 */
@NullMarked
package io.dolim.book.hedge;

import org.jspecify.annotations.NullMarked;
