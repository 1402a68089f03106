/** Exponential, logarithm and normal distribution with the same bits on every machine and vector width. */
@NullMarked
package io.dolim.quoting.math;

import org.jspecify.annotations.NullMarked;
