/** What is traded: underlyings, options, their names, expiries and sizes. */
@NullMarked
package io.dolim.quoting.instrument;

import org.jspecify.annotations.NullMarked;
